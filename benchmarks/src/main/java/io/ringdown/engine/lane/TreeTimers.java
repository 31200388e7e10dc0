package io.ringdown.engine.lane; // beside what it is compared with

import java.util.TreeMap;

/** A timer a call in a tree, by its time, so no two may be due in the same ns. One thread. */
final class TreeTimers {
    private final TreeMap<Long, Due> tree = new TreeMap<>();
    private final Due[] dues;

    TreeTimers(int calls) {
        dues = Due.of(calls);
    }

    /** Moves the timer at once. */
    void move(int call, long dueNs) {
        Due due = dues[call];
        if (due.dueNs != Call.NEVER) {
            tree.remove(due.dueNs);
        }
        due.dueNs = dueNs;
        tree.put(dueNs, due);
    }

    int fire(long nowNs) {
        int fired = 0;
        while (!tree.isEmpty() && tree.firstKey() <= nowNs) {
            tree.pollFirstEntry().getValue().dueNs = Call.NEVER;
            fired++;
        }
        return fired;
    }
}
