package io.ringdown.bridge.net;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * Idles in the selector of a lane's sockets, no longer than to the lane's next timer; and behind a turn that found work,
 * until the lane's tick is over. Lane only.
 */
final class SelectorParking implements IdleStrategy {
    private final LaneSockets sockets;
    private final LongSupplier nextDeadlineNs;
    private final IntSupplier calls;
    private final Tick tick;
    private final NanoClock clock;
    private long tickBegunNs;

    SelectorParking(LaneSockets sockets, LaneFace lane, Tick tick, NanoClock clock) {
        this.sockets = sockets;
        this.nextDeadlineNs = lane.nextDeadlineNs();
        this.calls = lane.calls();
        this.tick = tick;
        this.clock = clock;
        tickBegunNs = clock.nanoTime();
    }

    @Override
    public void idle(int workCount) {
        if (workCount <= 0) {
            idle();
            return;
        }
        long lengthNs = tick.lengthNs(calls.getAsInt());
        if (lengthNs > 0) {
            gather(lengthNs);
        }
    }

    /** Until a tick after the last began, timers or not: late by a tick they do no harm, and each would be a wake-up. */
    private void gather(long lengthNs) {
        long nowNs = clock.nanoTime();
        long waitNs = Math.min(lengthNs, tickBegunNs + lengthNs - nowNs);
        if (waitNs > 0) {
            sockets.pause(waitNs);
            nowNs = clock.nanoTime();
        }
        tickBegunNs = nowNs;
    }

    @Override
    public void idle() {
        sockets.parkUntil(nextDeadlineNs.getAsLong(), clock.nanoTime());
    }

    @Override
    public void reset() {}
}
