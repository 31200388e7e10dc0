package io.ringdown.bridge.net;

import java.util.concurrent.TimeUnit;

/**
 * How long a lane lets messages gather before it turns again. What costs is the wake-up and the system call, and one of
 * each then serves many calls; few calls have little to share, and wait for nothing. A lane that is at work most of the time
 * needs what more sharing saves, or it would be late by far more than that; one whose turns get long themselves has no time to
 * spare, and gathers for less and less. Immutable; any thread.
 *
 * @param fullNs of a lane with many calls and time to spare; 0: a lane never waits
 */
public record Tick(long fullNs) {
    /** Up to so many calls every message is handled as it comes. */
    static final int FEW_CALLS = 20;

    /** From so many calls on the tick is as long as it gets by their number. */
    static final int MANY_CALLS = 100;

    /** As long as it gets by the work there is: what a caller says in it makes two or three frames of one message. */
    static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What comes just behind a turn's reading waits for the next turn to begin, and to end: no longer, while that can be had. */
    static final long LATEST_NS = TimeUnit.MILLISECONDS.toNanos(60);

    public static Tick ofMs(int ms) {
        return new Tick(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    /** From the beginning of a turn that took {@code turnNs}: no more than half of it is work, until it and a turn get too long. */
    long lengthNs(int calls, long turnNs) {
        int beyondFew = Math.min(calls, MANY_CALLS) - FEW_CALLS;
        long byCallsNs = beyondFew <= 0 ? 0 : fullNs * beyondFew / (MANY_CALLS - FEW_CALLS);
        if (byCallsNs == 0) {
            return 0;
        }
        long sharedNs = Math.max(byCallsNs, Math.min(LONGEST_NS, 2 * turnNs));
        return Math.max(0, Math.min(sharedNs, Math.max(LATEST_NS, fullNs) - turnNs));
    }
}
