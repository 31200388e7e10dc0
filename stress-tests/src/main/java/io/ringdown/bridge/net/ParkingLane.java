package io.ringdown.bridge.net;

import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A lane's sockets and the way its thread parks in them, for a stress test to be that thread. It lives beside what it opens,
 * which nobody else needs.
 */
public final class ParkingLane {
    private final LaneSockets sockets = new LaneSockets(Transport.best());
    private final SelectorParking parking;

    /**
     * Of the calling thread.
     *
     * @param mustTurn asked once more before it parks, as {@link LaneThread} has it
     */
    public ParkingLane(BooleanSupplier mustTurn) {
        sockets.belongTo(Thread.currentThread(), mustTurn);
        LaneFace lane = new LaneFace(null, mustTurn, () -> Long.MAX_VALUE, until -> {}, () -> 0, (work, tookNs) -> {});
        parking = new SelectorParking(sockets, lane, Tick.ofMs(0), SystemNanoClock.INSTANCE);
    }

    /** Lane only: what a turn begins with. */
    public int read() {
        return sockets.read();
    }

    /** Lane only: what a turn ends with. Parks for ever if it found no work. */
    public void idle(int work) {
        parking.idle(work);
    }

    /** Any thread. */
    public void wake() {
        sockets.wake();
    }
}
