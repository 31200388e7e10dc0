package io.ringdown.engine.audio;

import java.util.ArrayDeque;

/**
 * A lane's bounded stock of frames of one size. Frames are made on demand up to the bound and reused for ever after, so
 * that steady state makes no garbage. Lane only: there is nothing to race with.
 */
public final class FramePool {
    private final int capacityChars;
    private final int maxFrames;
    private final ArrayDeque<Frame> idle = new ArrayDeque<>();
    private int made;

    /**
     * @param capacityChars base64 characters a frame can hold; 0 for frames that only ever stand for marks
     * @param maxFrames how many frames there may ever be
     */
    public FramePool(int capacityChars, int maxFrames) {
        if (capacityChars < 0 || maxFrames < 1) {
            throw new IllegalArgumentException("not a pool: chars=" + capacityChars + " frames=" + maxFrames);
        }
        this.capacityChars = capacityChars;
        this.maxFrames = maxFrames;
    }

    /** An empty frame, now the caller's, or null when all are lent. */
    public Frame acquire() {
        Frame frame = idle.pollLast();
        if (frame == null) {
            if (made == maxFrames) {
                return null;
            }
            made++;
            frame = new Frame(this, capacityChars);
        }
        frame.lent = true;
        return frame;
    }

    void release(Frame frame) {
        if (!frame.lent) {
            throw new IllegalStateException("frame released twice: capacity=" + capacityChars);
        }
        frame.lent = false;
        frame.clear();
        idle.addLast(frame);
    }

    /** Base64 characters a frame can hold. */
    public int capacityChars() {
        return capacityChars;
    }

    /** How many frames there may ever be. Any thread. */
    public int maxFrames() {
        return maxFrames;
    }

    /** How many frames are lent at the moment. */
    public int lent() {
        return made - idle.size();
    }

    /** How many frames could still be acquired. */
    public int available() {
        return maxFrames - lent();
    }
}
