package io.ringdown.bridge.operations;

import io.ringdown.engine.call.Phase;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneCounters;
import io.ringdown.engine.lane.LaneTiming;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** One lane, looked at once a second. One thread. */
final class WatchedLane {
    private static final int SHORT_S = 10;
    private static final int DEAD_AIR_S = 300;
    private static final int PEAK_S = 60;

    private final Lane lane;
    private final LaneCounters counters;
    private final RecentDurations turns;
    private final RecentDurations uplink;
    private final RecentDurations downlink;
    private final RecentDurations deadAir;
    private final long[] longestTurnsNs = new long[PEAK_S];
    private final long[] mostEvents = new long[PEAK_S];
    private int looks;
    private long lookedNs;
    private long turnedNs;

    WatchedLane(Lane lane, long nowNs) {
        this.lane = lane;
        counters = lane.counters();
        lookedNs = nowNs;
        turns = recent(LaneTiming.TURN, SHORT_S);
        uplink = recent(LaneTiming.UPLINK, SHORT_S);
        downlink = recent(LaneTiming.DOWNLINK, SHORT_S);
        deadAir = recent(LaneTiming.DEAD_AIR, DEAD_AIR_S);
    }

    private RecentDurations recent(LaneTiming timing, int seconds) {
        return new RecentDurations(counters.timing(timing), seconds);
    }

    LaneLoad look(long nowNs) {
        turns.look();
        uplink.look();
        downlink.look();
        deadAir.look();
        longestTurnsNs[looks % PEAK_S] = counters.timing(LaneTiming.TURN).takeLongestNs();
        mostEvents[looks % PEAK_S] = counters.takeMostEventsWaiting();
        looks++;
        return new LaneLoad(
                lane.roleName(),
                calls(),
                lane.settings().maxCalls(),
                busyShare(nowNs),
                turns.percentiles(),
                max(longestTurnsNs),
                counters.get(LaneCounter.TURNS_STALLED),
                uplink.percentiles(),
                downlink.percentiles(),
                deadAir.percentiles(),
                (int) max(mostEvents));
    }

    /** A turn is counted when it ends, so that one longer than a second would make a second too busy. */
    private double busyShare(long nowNs) {
        long turnedBeforeNs = turnedNs;
        turnedNs = counters.timing(LaneTiming.TURN).soFar().sumNs();
        long passedNs = Math.max(1, nowNs - lookedNs);
        lookedNs = nowNs;
        return Math.min(1, (turnedNs - turnedBeforeNs) / (double) passedNs);
    }

    private Map<Phase, Integer> calls() {
        Map<Phase, Integer> calls = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            if (phase != Phase.CLOSED) {
                calls.put(phase, counters.calls(phase));
            }
        }
        return Collections.unmodifiableMap(calls);
    }

    private static long max(long[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
