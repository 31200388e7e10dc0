package io.ringdown.bridge.net;

import org.agrona.concurrent.NanoClock;

/**
 * Counts what may come in swarms and says when it is worth a line in the log: the first time, then once a period. One
 * thread counts, any may read the total.
 */
public final class Tally {
    private final long periodNs;
    private final NanoClock clock;
    private volatile long total; // one writer
    private long totalSaid;
    private long saidNs;

    public Tally(long periodNs, NanoClock clock) {
        this.periodNs = periodNs;
        this.clock = clock;
    }

    /** Counts one more. Returns how many came since the last line if another is due now, 0 if not. */
    public long count() {
        long counted = total + 1;
        total = counted;
        long nowNs = clock.nanoTime();
        if (totalSaid > 0 && nowNs - saidNs < periodNs) {
            return 0;
        }
        long unsaid = counted - totalSaid;
        totalSaid = counted;
        saidNs = nowNs;
        return unsaid;
    }

    long total() {
        return total;
    }
}
