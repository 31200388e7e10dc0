package io.ringdown.bridge.net;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * Idles in the selector of a lane's sockets, no longer than to the lane's next timer; and behind a turn that found work,
 * until the lane's tick is over. Lane only.
 */
final class SelectorParking implements IdleStrategy {
    /** Calls wake their lane more often than this; one that is not woken when it should be is to know that it was late. */
    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LaneSockets sockets;
    private final LongSupplier nextDeadlineNs;
    private final LongConsumer parkedUntil;
    private final IntSupplier calls;
    private final Tick tick;
    private final NanoClock clock;
    private long tickBegunNs;
    private long resumedNs; // when it last stopped idling: a turn began

    SelectorParking(LaneSockets sockets, LaneFace lane, Tick tick, NanoClock clock) {
        this.sockets = sockets;
        this.nextDeadlineNs = lane.nextDeadlineNs();
        this.parkedUntil = lane.parkedUntil();
        this.calls = lane.calls();
        this.tick = tick;
        this.clock = clock;
        tickBegunNs = clock.nanoTime();
        resumedNs = tickBegunNs;
    }

    @Override
    public void idle(int workCount) {
        if (workCount <= 0) {
            idle();
            return;
        }
        long nowNs = clock.nanoTime();
        long lengthNs = tick.lengthNs(calls.getAsInt(), nowNs - resumedNs);
        resumedNs = lengthNs > 0 ? gather(lengthNs, nowNs) : nowNs;
    }

    /**
     * Until a tick after the last began, timers or not: late by a tick they do no harm, and each would be a wake-up. Returns
     * when that was.
     */
    private long gather(long lengthNs, long nowNs) {
        long waitNs = Math.min(lengthNs, tickBegunNs + lengthNs - nowNs);
        if (waitNs > 0) {
            sockets.pause(waitNs);
            tickBegunNs = clock.nanoTime();
        } else {
            tickBegunNs = nowNs;
        }
        return tickBegunNs;
    }

    @Override
    public void idle() {
        long nowNs = clock.nanoTime();
        long deadlineNs = nextDeadlineNs.getAsLong();
        if (calls.getAsInt() > 0) {
            deadlineNs = Math.min(deadlineNs, nowNs + BEAT_NS);
        }
        parkedUntil.accept(deadlineNs);
        sockets.parkUntil(deadlineNs, nowNs);
        resumedNs = clock.nanoTime();
    }

    @Override
    public void reset() {}
}
