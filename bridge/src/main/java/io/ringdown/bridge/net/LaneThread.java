package io.ringdown.bridge.net;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.ringdown.engine.lane.Lane;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a lane: reads the lane's sockets, turns the lane, and idles when neither found anything.
 *
 * <p>Whatever a turn throws is logged, counted and survived, since hundreds of calls depend on the next turn. That, and a
 * stop in bounded time whose last steps run on this thread, is why this is no Agrona {@code AgentRunner}: that one dies of
 * an {@code Error} without closing its agent, and closes it on the caller's thread when it has not begun to run.
 */
public final class LaneThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);
    private static final long LOG_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MS = 5_000;
    private static final long LAST_TURNS_NS = TimeUnit.SECONDS.toNanos(2);

    private final LaneFace lane;
    private final LaneSockets sockets;
    private final IdleStrategy idling;
    private final NanoClock clock;
    private final Tally failures;
    private final Thread thread;
    private volatile boolean stopping;

    private LaneThread(LaneFace lane, LaneSockets sockets, Idle idle, Tick tick, NanoClock clock) {
        this.lane = lane;
        this.sockets = sockets;
        this.clock = clock;
        idling = idle == Idle.SPIN ? BusySpinIdleStrategy.INSTANCE : new SelectorParking(sockets, lane, tick, clock);
        failures = new Tally(LOG_PERIOD_NS, clock);
        // Netty's allocator keeps its buffers by the thread only on threads of this kind
        thread = new FastThreadLocalThread(this::run, lane.agent().roleName());
        thread.setDaemon(true);
        sockets.belongTo(thread, () -> stopping || lane.hasWork().getAsBoolean());
    }

    /**
     * Starts a thread named as the lane is.
     *
     * @param lane was given {@link LaneSockets#wake()} to call after it published; from now on turned by the new thread only
     * @param sockets of this lane only
     * @param tick of a lane that parks; one that spins never waits
     * @param clock the lane's own
     */
    public static LaneThread start(Lane lane, LaneSockets sockets, Idle idle, Tick tick, NanoClock clock) {
        return start(LaneFace.of(lane), sockets, idle, tick, clock);
    }

    static LaneThread start(LaneFace lane, LaneSockets sockets, Idle idle, Tick tick, NanoClock clock) {
        LaneThread started = new LaneThread(lane, sockets, idle, tick, clock);
        started.thread.start();
        return started;
    }

    private void run() {
        try {
            lane.agent().onStart();
            while (!stopping) {
                turn();
            }
        } catch (Throwable fatal) {
            LOG.error("{} died, and its connections with it", name(), fatal);
        } finally {
            end();
        }
    }

    private void turn() {
        try {
            int work = sockets.read();
            long readNs = clock.nanoTime();
            work += lane.agent().doWork();
            lane.turned().turned(work, sockets.readingNs() + clock.nanoTime() - readNs);
            idling.idle(work);
        } catch (Throwable failure) {
            onFailure(failure);
        }
    }

    private void onFailure(Throwable failure) {
        long since = failures.count();
        if (since > 0) {
            LOG.error("{} failed in a turn and goes on, {} times since last said", name(), since, failure);
        }
    }

    private void end() {
        if (!sockets.shutDown()) {
            LOG.error("{} could not close all its sockets", name());
        }
        try {
            long begunNs = clock.nanoTime();
            while (lane.agent().doWork() > 0 && clock.nanoTime() - begunNs < LAST_TURNS_NS) {
                // its calls learn that their sockets are closed, which is more than a turn's worth when they are many
            }
            lane.agent().onClose();
        } catch (Throwable failure) {
            onFailure(failure);
        }
    }

    /** Any thread. */
    public String name() {
        return thread.getName();
    }

    /** Any thread: how many calls live on the lane. */
    public int calls() {
        return lane.calls().getAsInt();
    }

    /** Any thread: false once closed, or if the thread died, and its calls with it. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Any thread: turns that ended in an exception. */
    public long failures() {
        return failures.total();
    }

    /** The event loop for channels of this lane. */
    public LaneSockets sockets() {
        return sockets;
    }

    /**
     * Closes the lane's sockets, gives the lane a last turn to hear of it, and ends the thread. Returns when that is done or
     * has taken too long, which is logged. Any thread but the lane's; any number of times.
     */
    @Override
    public void close() {
        stopping = true;
        sockets.wake();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("{} has not stopped within {} ms", name(), STOP_MS);
        }
    }
}
