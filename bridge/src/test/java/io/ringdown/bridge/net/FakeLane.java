package io.ringdown.bridge.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;

/** A lane whose events are tasks, with one timer. Publishing to it and waking it are two steps, as they are outside. */
final class FakeLane implements Agent {
    static final long FAR_AWAY_NS = 3_600_000_000_000L;

    private final String name;
    private final Queue<Runnable> ring = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Runnable> beforeParking = new AtomicReference<>();
    private final AtomicReference<Runnable> afterLookingForWork = new AtomicReference<>();
    private boolean failsToStart;
    private boolean deniesWork;
    private boolean alwaysBusy;
    volatile int calls;
    volatile boolean late;
    volatile long deadlineNs = Long.MAX_VALUE;
    volatile long firedNs;
    volatile long turns; // one writer
    volatile long longestTurnNs; // one writer
    volatile boolean closed;

    FakeLane(String name) {
        this.name = name;
    }

    FakeLane withDeadlineIn(long delayNs) {
        deadlineNs = System.nanoTime() + delayNs;
        return this;
    }

    /** Never admits to have work: what is left if parking looked at Netty's own tasks only. */
    FakeLane denyingWork() {
        deniesWork = true;
        return this;
    }

    /** Finds something in every turn. */
    FakeLane alwaysBusy() {
        alwaysBusy = true;
        return this;
    }

    FakeLane failingToStart() {
        failsToStart = true;
        return this;
    }

    /** Once, on the lane's thread, when it has decided to park and not begun to. */
    void onceBeforeParking(Runnable task) {
        beforeParking.set(task);
    }

    /** Once, on the thread that asked, between a look at the ring and its answer. */
    void onceAfterLookingForWork(Runnable task) {
        afterLookingForWork.set(task);
    }

    void publish(Runnable event) {
        ring.add(event);
    }

    LaneThread start(Transport transport, Idle idle) {
        return start(transport, idle, Tick.ofMs(0));
    }

    LaneThread start(Transport transport, Idle idle, Tick tick) {
        return LaneThread.start(face(), new LaneSockets(transport), idle, tick, SystemNanoClock.INSTANCE);
    }

    private LaneFace face() {
        return new LaneFace(this, this::hasWork, this::nextDeadlineNs, until -> {}, () -> calls, this::turned);
    }

    private void turned(int work, long tookNs) {
        longestTurnNs = Math.max(longestTurnNs, tookNs);
    }

    private boolean hasWork() {
        boolean work = !deniesWork && !ring.isEmpty();
        runOnce(afterLookingForWork);
        return work;
    }

    private long nextDeadlineNs() {
        runOnce(beforeParking);
        return deadlineNs;
    }

    private static void runOnce(AtomicReference<Runnable> task) {
        Runnable taken = task.getAndSet(null);
        if (taken != null) {
            taken.run();
        }
    }

    @Override
    public void onStart() {
        if (failsToStart) {
            throw new IllegalStateException("told to fail");
        }
    }

    @Override
    public int doWork() {
        turns++;
        int work = alwaysBusy ? 1 : 0;
        for (Runnable event = ring.poll(); event != null; event = ring.poll()) {
            event.run();
            work++;
        }
        long nowNs = System.nanoTime();
        if (deadlineNs <= nowNs) {
            deadlineNs = Long.MAX_VALUE;
            firedNs = nowNs;
            work++;
        }
        return work;
    }

    @Override
    public void onClose() {
        closed = true;
    }

    @Override
    public String roleName() {
        return name;
    }
}
