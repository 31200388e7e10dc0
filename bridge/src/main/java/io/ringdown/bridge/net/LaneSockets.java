package io.ringdown.bridge.net;

import io.netty.channel.ManualIoEventLoop;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The sockets of one lane, and the selector its thread parks in. A Netty event loop that nobody runs but that thread.
 * Other threads may register channels, execute tasks and call {@link #wake()}, and nothing else.
 *
 * <p>Whoever has something for the lane publishes first and wakes second. A wake-up that comes just before the loop notes
 * that it is about to park is overwritten by that note, and Netty then looks again only at its own tasks. So the question
 * whether it {@link #canBlock()}, which is asked once more after the note, looks at what was published as well (S56).
 */
public final class LaneSockets extends ManualIoEventLoop {
    private static final long FOR_EVER = 0; // as ManualIoEventLoop.run has it
    private static final long SHUTDOWN_NS = TimeUnit.SECONDS.toNanos(2);

    private BooleanSupplier mustTurn = () -> false; // set before the lane's thread starts
    private Thread owner; // set before the lane's thread starts
    private boolean readWhileParked; // lane only
    private int workWhileParked; // lane only
    private long readingNs; // lane only
    private final TimedReading.Meter meter;

    public LaneSockets(Transport transport) {
        this(transport, new TimedReading.Meter());
    }

    private LaneSockets(Transport transport, TimedReading.Meter meter) {
        super(null, TimedReading.of(transport.selectors(), meter));
        this.meter = meter;
    }

    /** Before the lane's thread starts. {@code mustTurn} says that parking would leave something undone. */
    void belongTo(Thread owner, BooleanSupplier mustTurn) {
        setOwningThread(owner);
        this.owner = owner;
        this.mustTurn = mustTurn;
    }

    @Override
    protected boolean canBlock() {
        // pairs with the atomic exchange in wakeup(): either we see what was published, or the publisher sees us
        // parking
        VarHandle.fullFence();
        return !mustTurn.getAsBoolean();
    }

    /** Lane only: reads ready sockets and runs tasks, unless parking has just done so. Does not block. */
    int read() {
        int work = readWhileParked ? workWhileParked : runNow();
        readWhileParked = false;
        readingNs = meter.takeNs();
        return work;
    }

    /** Lane only: how long the sockets that {@link #read} looked at were read, while parked or not. */
    long readingNs() {
        return readingNs;
    }

    /**
     * Lane only: waits for a ready socket, a task, a wake-up or the deadline; what became ready is read at once, so the
     * lane's turn must follow.
     */
    void parkUntil(long deadlineNs, long nowNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            park(FOR_EVER);
        } else if (deadlineNs > nowNs) { // 0 would not be "now" but for ever
            park(deadlineNs - nowNs);
        }
    }

    /**
     * Lane only: lets messages gather for {@code waitNs}, and reads none of them meanwhile. Ends early when somebody calls
     * {@link #wake()}; tasks of other threads wait.
     */
    void pause(long waitNs) {
        if (canBlock()) {
            LockSupport.parkNanos(this, waitNs);
        }
    }

    /** Any thread: ends the lane's pause or parking, or keeps it from the next one. */
    public void wake() {
        wakeup();
        LockSupport.unpark(owner);
    }

    private void park(long waitNs) {
        workWhileParked = run(waitNs);
        readWhileParked = true;
    }

    /** Lane only: closes all channels and the selector. Returns in bounded time, false if something kept it busy. */
    boolean shutDown() {
        shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        long begunNs = System.nanoTime();
        while (!isTerminated() && System.nanoTime() - begunNs < SHUTDOWN_NS) {
            runNow();
        }
        return isTerminated();
    }
}
