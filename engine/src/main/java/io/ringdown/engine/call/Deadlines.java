package io.ringdown.engine.call;

import java.util.Arrays;

/** When each bounded wait of a call is over. They die with the call. */
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    private final long[] dueNs = new long[Deadline.values().length];

    Deadlines() {
        clear();
    }

    void set(Deadline deadline, long dueNs) {
        this.dueNs[deadline.ordinal()] = dueNs;
    }

    void clear(Deadline deadline) {
        dueNs[deadline.ordinal()] = NEVER;
    }

    void clear() {
        Arrays.fill(dueNs, NEVER);
    }

    boolean isSet(Deadline deadline) {
        return dueNs[deadline.ordinal()] != NEVER;
    }

    boolean isDue(Deadline deadline, long nowNs) {
        return dueNs[deadline.ordinal()] <= nowNs;
    }

    /** When the first of them is due, {@link #NEVER} if there is none. */
    long earliestNs() {
        long earliest = NEVER;
        for (long due : dueNs) {
            earliest = Math.min(earliest, due);
        }
        return earliest;
    }
}
