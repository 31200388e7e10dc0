package io.ringdown.bridge.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LanePool;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What each lane counts, lane by lane. */
final class LaneMetrics {
    private final MeterRegistry registry;
    private final LaneLoads loads;

    LaneMetrics(MeterRegistry registry, LaneLoads loads) {
        this.registry = registry;
        this.loads = loads;
    }

    /** Shows the lanes, in the order of the loads. */
    void show(List<Lane> lanes) {
        for (int i = 0; i < lanes.size(); i++) {
            calls(lanes.get(i));
            counters(lanes.get(i));
            room(lanes.get(i));
            peaks(lanes.get(i), i);
        }
    }

    private void calls(Lane lane) {
        for (Phase phase : Phase.values()) {
            if (phase != Phase.CLOSED) {
                Gauge.builder("ringdown.calls", lane, any -> any.counters().calls(phase))
                        .description("calls that live now, by how far they have come")
                        .tag("lane", lane.roleName())
                        .tag("state", word(phase))
                        .register(registry);
            }
        }
    }

    private void counters(Lane lane) {
        for (LaneCounter counter : LaneCounter.values()) {
            FunctionCounter.builder(
                            "ringdown.lane." + word(counter).replace('_', '.'),
                            lane,
                            any -> any.counters().get(counter))
                    .description(counter.sentence())
                    .tag("lane", lane.roleName())
                    .register(registry);
        }
    }

    private void room(Lane lane) {
        for (LanePool pool : LanePool.values()) {
            Gauge.builder(
                            "ringdown.lane.frames.lent",
                            lane,
                            any -> any.counters().framesLent(pool))
                    .description("frames of audio, or of marks, that wait or are on their way")
                    .tag("lane", lane.roleName())
                    .tag("pool", word(pool))
                    .register(registry);
            Gauge.builder("ringdown.lane.frames.capacity", lane, any -> any.maxFrames(pool))
                    .description("frames there may be at once")
                    .tag("lane", lane.roleName())
                    .tag("pool", word(pool))
                    .register(registry);
        }
        Gauge.builder("ringdown.lane.ring.events", lane, Lane::eventsWaiting)
                .description("events that wait in the ring now")
                .tag("lane", lane.roleName())
                .register(registry);
        Gauge.builder("ringdown.lane.ring.capacity", lane, any -> any.settings().ringSlots())
                .description("events that may wait in the ring")
                .tag("lane", lane.roleName())
                .register(registry);
    }

    private void peaks(Lane lane, int index) {
        Gauge.builder(
                        "ringdown.lane.ring.events.max",
                        loads,
                        all -> all.latest().get(index).mostEventsWaiting())
                .description("the most events handled in one go within the last minute")
                .tag("lane", lane.roleName())
                .register(registry);
        Gauge.builder(
                        "ringdown.lane.turn.max",
                        loads,
                        all -> seconds(all.latest().get(index).longestTurnNs()))
                .description("the longest turn within the last minute")
                .baseUnit("seconds")
                .tag("lane", lane.roleName())
                .register(registry);
    }

    private static double seconds(long ns) {
        return ns / (double) TimeUnit.SECONDS.toNanos(1);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
