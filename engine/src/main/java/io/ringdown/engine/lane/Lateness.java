package io.ringdown.engine.lane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late a lane turns: by how much it missed what it had parked for, or, while busy, the tick behind the turn before. The
 * lane writes at every turn, without a locked instruction; any thread reads.
 */
public final class Lateness {
    private final long tickNs;

    /** When the lane has to turn next; {@link Call#NEVER} while it is parked and nothing is due. */
    private final AtomicLong dueNs = new AtomicLong(Call.NEVER);

    private final AtomicLong worstNs = new AtomicLong();

    /** {@code tickMs} after a turn the next one is on time, whatever is due. */
    Lateness(int tickMs) {
        tickNs = TimeUnit.MILLISECONDS.toNanos(tickMs);
    }

    /** Lane only: a turn begins. A worst that is taken at this very moment may be told twice. */
    void turned(long nowNs) {
        long lateNs = lateNs(nowNs);
        if (lateNs > worstNs.getPlain()) {
            worstNs.lazySet(lateNs);
        }
        dueNs.lazySet(nowNs);
    }

    /** Lane only, about to park: nothing is left to do until then, or ever if {@code Long.MAX_VALUE}. */
    public void parkedUntil(long deadlineNs) {
        dueNs.lazySet(deadlineNs);
    }

    /** The worst since this was last asked, in ns; a turn that has not come yet counts. For one thread to ask. */
    public long takeWorstNs(long nowNs) {
        return Math.max(worstNs.getAndSet(0), lateNs(nowNs));
    }

    private long lateNs(long nowNs) {
        long due = dueNs.get();
        return due == Call.NEVER ? 0 : Math.max(0, nowNs - due - tickNs);
    }
}
