package io.ringdown.bridge.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The places for calls: never more than the cap, none while draining. A place is taken before a model connection is made
 * and given back once, when nothing is left of the call (S46). Any thread.
 */
public final class Admission {
    private final int maxCalls;
    private final AtomicInteger taken = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
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
                refused.increment();
                return false;
            }
        } while (!taken.compareAndSet(before, before + 1));
        if (draining) { // asked again: whoever drains counts the places after saying so, and may have seen none taken
            leave();
            refused.increment();
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

    /** Lets nobody in any more. */
    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Whether a new call would be refused now. */
    public boolean isClosed() {
        return draining || taken.get() >= maxCalls;
    }

    /** Places taken. */
    public int calls() {
        return taken.get();
    }

    public int maxCalls() {
        return maxCalls;
    }

    /** Somebody was turned away before asking for a place. */
    public void countRefusal() {
        refused.increment();
    }

    /** Calls turned away since the start. */
    public long refused() {
        return refused.sum();
    }
}
