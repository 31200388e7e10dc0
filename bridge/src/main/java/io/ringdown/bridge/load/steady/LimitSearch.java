package io.ringdown.bridge.load.steady;

import java.io.IOException;

/** Looks for the number of calls at which a bridge breaks: doubles until it does, then halves the gap, below the first number too. */
final class LimitSearch {
    /** The generator's own end is near, and that of the ports of one address not far. */
    static final int MOST_CALLS = 8_192;

    private static final int GAP_CALLS = 10;
    private static final int GAP_PARTS = 20;

    private LimitSearch() {}

    /** Whether the bridge bears so many calls. */
    interface Measure {
        boolean holds(int calls) throws IOException, InterruptedException;
    }

    /**
     * Between which numbers it broke.
     *
     * @param highestGood 0: it bore none of those that were tried
     * @param lowestBad 0: it bore the most that are tried
     */
    record Limit(int highestGood, int lowestBad) {}

    /** Stops when the gap is ten calls or a twentieth of those that it bears, whichever is more. */
    static Limit search(int firstCalls, Measure measure) throws IOException, InterruptedException {
        int good = 0;
        int bad = firstCalls;
        while (measure.holds(bad)) {
            if (bad == MOST_CALLS) {
                return new Limit(bad, 0);
            }
            good = bad;
            bad = Math.min(MOST_CALLS, 2 * bad);
        }
        while (bad - good > Math.max(GAP_CALLS, good / GAP_PARTS)) {
            int middle = (good + bad) >>> 1;
            if (measure.holds(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return new Limit(good, bad);
    }
}
