package io.ringdown.bridge.net;

import java.util.concurrent.TimeUnit;

/**
 * How long a lane lets messages gather before it turns again. What costs is the wake-up and the system call, and one of
 * each then serves many calls; few calls have little to share, and wait for nothing. Immutable; any thread.
 *
 * @param fullNs of a lane with many calls; 0: a lane never waits
 */
public record Tick(long fullNs) {
    /** Up to so many calls every message is handled as it comes. */
    static final int FEW_CALLS = 20;

    /** From so many calls on the tick is as long as it gets. */
    static final int MANY_CALLS = 100;

    public static Tick ofMs(int ms) {
        return new Tick(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    long lengthNs(int calls) {
        int beyondFew = Math.min(calls, MANY_CALLS) - FEW_CALLS;
        return beyondFew <= 0 ? 0 : fullNs * beyondFew / (MANY_CALLS - FEW_CALLS);
    }
}
