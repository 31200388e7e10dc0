package io.ringdown.engine.lane;

import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupReason;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A lane's counters: the lane writes, without a locked instruction, and any thread reads. What other threads count, the lane
 * does not.
 */
public final class LaneCounters {
    private final AtomicLongArray counters = new AtomicLongArray(LaneCounter.values().length);
    private final AtomicLongArray droppedBytes = new AtomicLongArray(DropReason.values().length);
    private final AtomicLongArray hangups = new AtomicLongArray(HangupReason.values().length);

    void add(LaneCounter counter, long more) {
        add(counters, counter.ordinal(), more);
    }

    /** Any thread but the lane's. */
    void addFromOutside(LaneCounter counter, long more) {
        counters.addAndGet(counter.ordinal(), more);
    }

    void dropped(DropReason reason, int bytes) {
        add(droppedBytes, reason.ordinal(), bytes);
    }

    void hungUp(HangupReason reason) {
        add(hangups, reason.ordinal(), 1);
    }

    private static void add(AtomicLongArray array, int index, long more) {
        array.lazySet(index, array.getPlain(index) + more);
    }

    public long get(LaneCounter counter) {
        return counters.get(counter.ordinal());
    }

    /** Bytes of audio of either direction that were not passed on. */
    public long droppedBytes(DropReason reason) {
        return droppedBytes.get(reason.ordinal());
    }

    /** Hangups that the carrier confirmed. */
    public long hangups(HangupReason reason) {
        return hangups.get(reason.ordinal());
    }
}
