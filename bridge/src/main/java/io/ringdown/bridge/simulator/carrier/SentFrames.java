package io.ringdown.bridge.simulator.carrier;

import java.util.Arrays;

/**
 * When each frame of a caller's audio was sent, to judge what of it a bridge has to hand on. Immutable.
 *
 * @param sentNs in ns of one clock, in order; not to be changed any more
 */
public record SentFrames(long[] sentNs) {
    /** A bridge holds 2 s for a session to come; only what is older than those may be dropped. */
    private static final int HELD = 100;

    /** How many had been sent by then. */
    public int before(long ns) {
        return (int) Arrays.stream(sentNs).filter(frameNs -> frameNs < ns).count();
    }

    /** How many, the oldest, a bridge may have dropped that handed on its first at {@code firstHeardNs}. */
    public int droppableBefore(long firstHeardNs) {
        return Math.max(0, before(firstHeardNs) - HELD);
    }
}
