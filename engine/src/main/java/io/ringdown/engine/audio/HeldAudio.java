package io.ringdown.engine.audio;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Caller audio that waits for its model: to the end of a turn, until the session is configured, or while the socket is full.
 * What comes is joined to what waits, as far as its frame holds it, since messages cost and bytes do not. The oldest gives
 * way, by whole frames, where as much as may wait remains without it. Lane only: one thread is both ends of it.
 */
public final class HeldAudio {
    private static final int ENTRIES = 256;

    private final OneToOneConcurrentArrayQueue<Frame> frames = new OneToOneConcurrentArrayQueue<>(ENTRIES);
    private final int maxBytes;
    private Frame tail;
    private int bytes;

    /** @param maxBytes μ-law bytes that wait before any has to go; up to a frame more may */
    public HeldAudio(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether another frame of so many bytes would find room without older audio having to go. */
    public boolean hasRoom(int more) {
        Frame oldest = frames.peek();
        return oldest == null || (bytes + more - oldest.audioBytes() < maxBytes && frames.size() < ENTRIES);
    }

    /** Takes the frame over. Returns the bytes of older audio that had to go for it. */
    public int offer(Frame frame) {
        int dropped = 0;
        while (!hasRoom(frame.audioBytes())) {
            Frame oldest = poll();
            dropped += oldest.audioBytes();
            oldest.release();
        }
        bytes += frame.audioBytes();
        if (tail != null && tail.append(frame)) {
            frame.release();
        } else {
            frames.offer(frame);
            tail = frame;
        }
        return dropped;
    }

    /** The oldest frame, now the caller's, or null. */
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

    public boolean isEmpty() {
        return bytes == 0 && frames.isEmpty();
    }

    /** Gives everything back. Returns the bytes dropped. */
    public int clear() {
        int dropped = bytes;
        for (Frame frame = poll(); frame != null; frame = poll()) {
            frame.release();
        }
        return dropped;
    }
}
