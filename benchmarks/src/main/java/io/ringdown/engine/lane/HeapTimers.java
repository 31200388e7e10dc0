package io.ringdown.engine.lane; // beside what it is compared with

import java.util.PriorityQueue;

/** A timer a call in a heap. One thread. */
final class HeapTimers {
    private final PriorityQueue<Due> heap;
    private final Due[] dues;

    HeapTimers(int calls) {
        heap = new PriorityQueue<>(calls);
        dues = Due.of(calls);
    }

    /** Moves the timer at once. */
    void move(int call, long dueNs) {
        Due due = dues[call];
        if (due.dueNs != Call.NEVER) {
            heap.remove(due);
        }
        set(due, dueNs);
    }

    /** Sets the timer, or leaves it where it is earlier. */
    void schedule(int call, long dueNs) {
        if (dueNs < dues[call].dueNs) {
            move(call, dueNs);
        }
    }

    private void set(Due due, long dueNs) {
        due.dueNs = dueNs;
        heap.add(due);
    }

    int fire(long nowNs) {
        int fired = 0;
        for (Due due = poll(nowNs); due != null; due = poll(nowNs)) {
            fired++;
        }
        return fired;
    }

    /** Fires what is due by {@code dueNs} too, and puts off the rest. */
    int fireOrPutOff(long nowNs, long[] dueNs) {
        int fired = 0;
        for (Due due = poll(nowNs); due != null; due = poll(nowNs)) {
            if (dueNs[due.call] > nowNs) {
                set(due, dueNs[due.call]);
            } else {
                fired++;
            }
        }
        return fired;
    }

    private Due poll(long nowNs) {
        Due due = heap.peek();
        if (due == null || due.dueNs > nowNs) {
            return null;
        }
        heap.poll();
        due.dueNs = Call.NEVER;
        return due;
    }
}
