package io.ringdown.bridge.record;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of {@link RecordCounter}. Any thread. */
public final class RecordCounters {
    private final AtomicLongArray counts = new AtomicLongArray(RecordCounter.values().length);

    void count(RecordCounter counter) {
        counts.incrementAndGet(counter.ordinal());
    }

    public long value(RecordCounter counter) {
        return counts.get(counter.ordinal());
    }
}
