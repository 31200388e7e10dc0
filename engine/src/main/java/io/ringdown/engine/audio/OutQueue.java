package io.ringdown.engine.audio;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * {@code out}: audio the model has spoken ahead, and the marks between, waiting for its time. Bounded in bytes and in
 * entries; tiny deltas are joined, so that entries do not run out before bytes do. Lane only: one thread is both ends of it.
 */
public final class OutQueue {
    private static final int ENTRIES = 1_024;

    /** Kept free for marks, which must always find room. */
    private static final int MARK_ENTRIES = 64;

    /** Shorter audio is worth re-encoding to save an entry and a message: 60 ms. */
    private static final int TINY_BYTES = 480;

    private final OneToOneConcurrentArrayQueue<Frame> frames = new OneToOneConcurrentArrayQueue<>(ENTRIES);
    private final int maxBytes;
    private Frame tail;
    private int bytes;

    /** @param maxBytes μ-law bytes that may wait */
    public OutQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether {@code audioBytes} more may wait. */
    public boolean hasRoom(int audioBytes) {
        return bytes + audioBytes <= maxBytes && frames.size() < ENTRIES - MARK_ENTRIES;
    }

    /** Takes the frame over. Call {@link #hasRoom} first: false, leaving the frame with the caller, is a broken promise. */
    public boolean offer(Frame frame) {
        if (tail != null && joined(tail, frame)) {
            bytes += frame.audioBytes();
            frame.release();
            return true;
        }
        if (!frames.offer(frame)) {
            return false;
        }
        bytes += frame.audioBytes();
        tail = frame;
        return true;
    }

    /** The next frame, left where it is, or null. */
    public Frame peek() {
        return frames.peek();
    }

    /** The next frame, now the caller's, or null. */
    public Frame poll() {
        Frame frame = frames.poll();
        if (frame == tail) {
            tail = null;
        }
        if (frame != null) {
            bytes -= frame.audioBytes();
        }
        return frame;
    }

    /** Gives back all audio of {@code response}; marks and the audio of others stay. Returns the bytes dropped. */
    public int discard(int response) {
        int before = bytes;
        tail = null;
        for (int i = frames.size(); i > 0; i--) {
            Frame frame = frames.poll();
            if (!frame.isMark() && frame.response() == response) {
                bytes -= frame.audioBytes();
                frame.release();
            } else {
                frames.offer(frame);
            }
        }
        return before - bytes;
    }

    /** Ordinal of the first of the model's responses with audio here, or 0 if there is none. */
    public int firstResponse() {
        int first = 0;
        for (int i = frames.size(); i > 0; i--) {
            Frame frame = frames.poll();
            first = first == 0 ? frame.response() : first; // marks and recordings of ours have none
            frames.offer(frame);
        }
        return first;
    }

    /** Gives everything back. Returns the bytes dropped. */
    public int clear() {
        int dropped = bytes;
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            frame.release();
        }
        tail = null;
        bytes = 0;
        return dropped;
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /** μ-law bytes that wait. */
    public int bytes() {
        return bytes;
    }

    private static boolean joined(Frame first, Frame second) {
        boolean padded = first.audioBytes() % 3 != 0;
        if (padded && Math.min(first.audioBytes(), second.audioBytes()) > TINY_BYTES) {
            return false;
        }
        return first.sameAudio(second) && first.append(second);
    }
}
