package io.ringdown.bridge.net;

import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/** Idles in the selector of a lane's sockets, no longer than to the lane's next timer. Lane only. */
final class SelectorParking implements IdleStrategy {
    private final LaneSockets sockets;
    private final LongSupplier nextDeadlineNs;
    private final NanoClock clock;

    SelectorParking(LaneSockets sockets, LongSupplier nextDeadlineNs, NanoClock clock) {
        this.sockets = sockets;
        this.nextDeadlineNs = nextDeadlineNs;
        this.clock = clock;
    }

    @Override
    public void idle(int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        sockets.parkUntil(nextDeadlineNs.getAsLong(), clock.nanoTime());
    }

    @Override
    public void reset() {}
}
