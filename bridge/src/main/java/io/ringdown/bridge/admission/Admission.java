package io.ringdown.bridge.admission;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The places for calls: never more than the cap, none while draining. A place is taken before a model connection is made
 * and given back once, when nothing is left of the call (S46). A caller is answered only if there is a place, and if the
 * lanes are not late: the soft cap. Any thread; lock-free.
 */
public final class Admission {
    /** The carrier opens the stream of a call as soon as it has our answer; later than this it will not come. */
    private static final long AWAITED_NS = TimeUnit.SECONDS.toNanos(3);

    private final int maxCalls;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLongArray refused = new AtomicLongArray(Refusal.values().length);
    private volatile long answeredNs = System.nanoTime() - AWAITED_NS;
    private volatile boolean late;
    private volatile boolean turningAway;
    private volatile boolean draining;

    public Admission(int maxCalls) {
        this.maxCalls = maxCalls;
    }

    /** Takes a place; the caller must give it back by {@link #leave}. False when there is none. */
    public boolean enter() {
        int before;
        do {
            before = taken.get();
            if (draining || before >= maxCalls) {
                countRefusal(draining ? Refusal.DRAINING : Refusal.CAPACITY);
                return false;
            }
        } while (!taken.compareAndSet(before, before + 1));
        if (draining) { // asked again: whoever drains counts the places after saying so, and may have seen none taken
            leave();
            countRefusal(Refusal.DRAINING);
            return false;
        }
        return true;
    }

    /** Gives a place back. Throws IllegalStateException, and changes nothing, when none is taken. */
    public void leave() {
        int before = taken.getAndUpdate(places -> Math.max(0, places - 1));
        if (before == 0) {
            throw new IllegalStateException("more calls left than entered: maxCalls=" + maxCalls);
        }
    }

    /**
     * A caller wants to be answered: why that is refused, or null. Whoever is answered comes in soon by {@link #enter}, and a
     * drain that begins meanwhile waits for it.
     */
    public Refusal answer() {
        Refusal refusal = refusal();
        if (refusal == null) {
            answeredNs = System.nanoTime();
            refusal = refusal(); // asked again: whoever turns callers away asks afterwards whether one is awaited
        }
        if (refusal != null) {
            countRefusal(refusal);
        }
        return refusal;
    }

    /** Answers no caller any more. */
    public void turnAway() {
        turningAway = true;
    }

    /** Whether somebody was answered who may still come in. */
    public boolean isAwaiting() {
        return !draining && System.nanoTime() - answeredNs < AWAITED_NS;
    }

    /** Lets nobody in any more. */
    public void drain() {
        turningAway = true;
        draining = true;
    }

    public boolean isDraining() {
        return turningAway;
    }

    /** Whether callers are refused because the lanes are late. */
    void late(boolean late) {
        this.late = late;
    }

    /** Why a call that is not answered yet would be refused now, or null if it would not. */
    public Refusal refusal() {
        if (turningAway) {
            return Refusal.DRAINING;
        }
        if (taken.get() >= maxCalls) {
            return Refusal.CAPACITY;
        }
        return late ? Refusal.LATE : null;
    }

    /** Places taken. */
    public int calls() {
        return taken.get();
    }

    public int maxCalls() {
        return maxCalls;
    }

    /** Somebody was turned away before asking for a place. */
    public void countRefusal(Refusal why) {
        refused.incrementAndGet(why.ordinal());
    }

    /** Calls turned away since the start for this reason. */
    public long refused(Refusal why) {
        return refused.get(why.ordinal());
    }

    /** Calls turned away since the start. */
    public long refused() {
        long sum = 0;
        for (Refusal why : Refusal.values()) {
            sum += refused(why);
        }
        return sum;
    }
}
