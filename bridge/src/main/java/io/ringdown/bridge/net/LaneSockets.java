package io.ringdown.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The sockets of one lane, and the selector its thread parks in. A Netty event loop that nobody runs but that thread.
 * Other threads may register channels, admit callers, execute tasks and call {@link #wake()}, and nothing else.
 *
 * <p>A system lists sockets that are always ready, as those of callers are while their lane is busy, before those that become
 * ready now and then: what models say would be read last, behind all callers. So callers beyond the first few, the lane's crowd, have
 * a selector of their own. It is read once a turn, a part at a time, and the models between its parts; nobody parks in it: a busy lane
 * turns all the time, and one that is not looks at its crowd every few ms.
 *
 * <p>Whoever has something for the lane publishes first and wakes second. A wake-up that comes just before the loop notes
 * that it is about to park is overwritten by that note, and Netty then looks again only at its own tasks. So the question
 * whether it {@link #canBlock()}, which is asked once more after the note, looks at what was published as well (S56).
 */
public final class LaneSockets extends ManualIoEventLoop {
    private static final long FOR_EVER = 0; // as ManualIoEventLoop.run has it
    private static final long SHUTDOWN_NS = TimeUnit.SECONDS.toNanos(2);

    /** How many callers are read before models are looked at again; about a ms of work. */
    private static final int CROWD_AT_ONCE = 64;

    /** How long a lane parks at most while it has a crowd. */
    private static final long CROWD_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ManualIoEventLoop crowd;
    private int crowdSize; // lane only
    private int callersHere; // lane only
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
        crowd = new ManualIoEventLoop(null, TimedReading.of(transport.selectorsOf(CROWD_AT_ONCE), meter));
    }

    /** Before the lane's thread starts. {@code mustTurn} says that parking would leave something undone. */
    void belongTo(Thread owner, BooleanSupplier mustTurn) {
        setOwningThread(owner);
        crowd.setOwningThread(owner);
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

    /**
     * Any thread: reads the socket of a caller from now on.
     *
     * @param registered told by the lane's thread, unless that ends first
     */
    void admit(Channel caller, ChannelFutureListener registered) {
        execute(() -> place(caller).addListener(registered));
    }

    private ChannelFuture place(Channel caller) {
        EventLoop reader = this;
        if (callersHere < Tick.FEW_CALLS) {
            callersHere++;
            caller.closeFuture().addListener(closed -> callersHere--);
        } else {
            reader = crowd;
            crowdSize++;
            // in one run with its last tasks, which would else wait for the next caller
            caller.closeFuture().addListener(closed -> crowd.execute(() -> crowdSize--));
        }
        return reader.register(caller);
    }

    /** Lane only: reads ready sockets and runs tasks, unless parking has just done so. Does not block. */
    int read() {
        int work = readWhileParked ? workWhileParked : runNow();
        readWhileParked = false;
        // callers that are gone leave tasks behind; 0 is no limit
        work += crowdSize > 0 ? readCrowd() : crowd.runNonBlockingTasks(0);
        readingNs = meter.takeNs();
        return work;
    }

    /** As many readings as it has sockets, and the rest of a part: each of them once when all are ready. */
    private int readCrowd() {
        int left = crowdSize;
        int work = crowd.runNow();
        left -= meter.sockets();
        while (meter.sockets() >= CROWD_AT_ONCE && left > 0) {
            work += runNow();
            work += crowd.runNow();
            left -= meter.sockets();
        }
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
        long latestNs = crowdSize > 0 ? Math.min(deadlineNs, nowNs + CROWD_WAIT_NS) : deadlineNs;
        if (latestNs == Long.MAX_VALUE) {
            park(FOR_EVER);
        } else if (latestNs > nowNs) { // 0 would not be "now" but for ever
            park(latestNs - nowNs);
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
        crowd.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        long begunNs = System.nanoTime();
        // the crowd last, since callers may still be on their way to it
        return shutDown(this, begunNs) & shutDown(crowd, begunNs);
    }

    private static boolean shutDown(ManualIoEventLoop loop, long begunNs) {
        while (!loop.isTerminated() && System.nanoTime() - begunNs < SHUTDOWN_NS) {
            loop.runNow();
        }
        return loop.isTerminated();
    }
}
