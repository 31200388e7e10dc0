package io.ringdown.engine.audio;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * {@code tx}: frames and marks handed to the carrier's socket, held here while it takes no more. Never more than the lead.
 * Lane only: one thread is both ends of it.
 */
public final class TxQueue {
    private static final int ENTRIES = 64;

    private final OneToOneConcurrentArrayQueue<Frame> frames = new OneToOneConcurrentArrayQueue<>(ENTRIES);

    /** Takes the frame over; false, leaving it with the caller, when there is no room. */
    public boolean offer(Frame frame) {
        return frames.offer(frame);
    }

    /** The next frame, now the caller's, or null. */
    public Frame poll() {
        return frames.poll();
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    public boolean isFull() {
        return frames.size() == ENTRIES;
    }

    /** Gives everything back. Returns the μ-law bytes dropped. */
    public int clear() {
        int dropped = 0;
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            dropped += frame.audioBytes();
            frame.release();
        }
        return dropped;
    }
}
