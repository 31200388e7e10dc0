package io.ringdown.bridge.operations.api;

import io.ringdown.bridge.operations.LaneLoad;

/**
 * How a lane is doing: what {@link LaneLoad} says of it, its times in ms.
 *
 * @param calls that live on it now
 * @param answering false when it has not made the census it was asked for: what is shown of its calls is old
 * @param busyShare from 0 to 1
 */
record LaneView(
        String lane,
        int calls,
        int capacity,
        boolean answering,
        double busyShare,
        double longestTurnMs,
        long stalls,
        Percentiles uplink,
        Percentiles downlink,
        Percentiles deadAir) {
    /** Of {@code count} durations; all 0 when there were none. */
    record Percentiles(long count, double p50Ms, double p90Ms, double p99Ms) {
        private static Percentiles of(LaneLoad.Percentiles times) {
            return new Percentiles(times.count(), ms(times.p50Ns()), ms(times.p90Ns()), ms(times.p99Ns()));
        }
    }

    static LaneView of(int calls, boolean answering, LaneLoad load) {
        return new LaneView(
                load.lane(),
                calls,
                load.capacity(),
                answering,
                Math.round(load.busyShare() * 1_000) / 1_000.0,
                ms(load.longestTurnNs()),
                load.stalls(),
                Percentiles.of(load.uplink()),
                Percentiles.of(load.downlink()),
                Percentiles.of(load.deadAir()));
    }

    private static double ms(long ns) {
        return Math.round(ns / 1_000.0) / 1_000.0;
    }
}
