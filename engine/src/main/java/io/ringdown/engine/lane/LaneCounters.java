package io.ringdown.engine.lane;

import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.call.PoliteEnd;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A lane's counters: the lane writes, without a locked instruction, and any thread reads. What other threads count, the lane
 * does not.
 */
public final class LaneCounters {
    private static final int DRAINS = Drain.values().length + 1; // the last: nothing was waited for

    private final AtomicLongArray counters = new AtomicLongArray(LaneCounter.values().length);
    private final AtomicLongArray droppedBytes = new AtomicLongArray(DropReason.values().length);
    private final AtomicLongArray hangups = new AtomicLongArray(HangupReason.values().length * DRAINS);
    private final AtomicLongArray goodbyes = new AtomicLongArray(PoliteEnd.Heard.values().length);
    private final AtomicIntegerArray calls = new AtomicIntegerArray(Phase.values().length);
    private final AtomicIntegerArray framesLent = new AtomicIntegerArray(LanePool.values().length);
    private final AtomicInteger mostEventsWaiting = new AtomicInteger();
    private final Durations[] timings = new Durations[LaneTiming.values().length];

    LaneCounters() {
        for (int i = 0; i < timings.length; i++) {
            timings[i] = new Durations();
        }
    }

    // what the lane writes

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

    /** The carrier confirmed a hangup; {@code end} is null if nothing was waited for. */
    void hungUp(HangupReason reason, PoliteEnd end) {
        add(hangups, hangup(reason, end == null ? null : end.drain()), 1);
        if (end != null) {
            add(goodbyes, end.heard().ordinal(), 1);
            add(LaneCounter.CUT_OFF_BYTES, end.cutOffBytes());
            took(LaneTiming.DEAD_AIR, end.deadAirNs());
        }
    }

    /** A call is in another phase; null before it is opened and once it is released. */
    void moved(Phase before, Phase after) {
        if (before != null) {
            calls.lazySet(before.ordinal(), calls.getPlain(before.ordinal()) - 1);
        }
        if (after != null) {
            calls.lazySet(after.ordinal(), calls.getPlain(after.ordinal()) + 1);
        }
    }

    void lent(LaneFrames frames) {
        framesLent.lazySet(LanePool.UPLINK.ordinal(), frames.uplink.lent());
        framesLent.lazySet(LanePool.DOWNLINK.ordinal(), frames.downlink.lent());
        framesLent.lazySet(LanePool.MARKS.ordinal(), frames.marks.lent());
    }

    /** So many events were found waiting at once. */
    void waited(int events) {
        if (events > mostEventsWaiting.getOpaque()) {
            mostEventsWaiting.lazySet(events);
        }
    }

    void took(LaneTiming timing, long tookNs) {
        timings[timing.ordinal()].record(tookNs);
    }

    private static void add(AtomicLongArray array, int index, long more) {
        array.lazySet(index, array.getPlain(index) + more);
    }

    private static int hangup(HangupReason reason, Drain drain) {
        return reason.ordinal() * DRAINS + (drain == null ? DRAINS - 1 : drain.ordinal());
    }

    // what any thread reads

    public long get(LaneCounter counter) {
        return counters.get(counter.ordinal());
    }

    /** Bytes of audio of either direction that were not passed on. */
    public long droppedBytes(DropReason reason) {
        return droppedBytes.get(reason.ordinal());
    }

    /** Hangups that the carrier confirmed; {@code drain} is null for those that waited for nothing. */
    public long hangups(HangupReason reason, Drain drain) {
        return hangups.get(hangup(reason, drain));
    }

    /** Calls ended after a goodbye, of the model or of ours, by what the caller heard of it. */
    public long goodbyes(PoliteEnd.Heard heard) {
        return goodbyes.get(heard.ordinal());
    }

    /** Calls that are in {@code phase}. */
    public int calls(Phase phase) {
        return calls.get(phase.ordinal());
    }

    /** Frames that were lent when the lane last turned. */
    public int framesLent(LanePool pool) {
        return framesLent.get(pool.ordinal());
    }

    public Durations timing(LaneTiming timing) {
        return timings[timing.ordinal()];
    }

    /** One thread but the lane's: the most events handled in one go since this was asked last. */
    public int takeMostEventsWaiting() {
        return mostEventsWaiting.getAndSet(0);
    }
}
