package io.ringdown.bridge.model.openai;

import java.util.concurrent.atomic.LongAdder;

/** The counts of all model legs of this server. Any thread counts, any thread reads. */
public final class ModelCounters {
    private final LongAdder[] counts = new LongAdder[ModelCounter.values().length];

    public ModelCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void count(ModelCounter counter) {
        counts[counter.ordinal()].increment();
    }

    public long value(ModelCounter counter) {
        return counts[counter.ordinal()].sum();
    }
}
