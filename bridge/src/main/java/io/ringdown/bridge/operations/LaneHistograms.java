package io.ringdown.bridge.operations;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ringdown.engine.lane.Distribution;
import io.ringdown.engine.lane.Durations;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneTiming;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What each lane times, as Prometheus' histograms, whose buckets are the lane's own. */
final class LaneHistograms implements MultiCollector {
    private static final double[] BOUNDS_S = boundsS();

    private final List<Lane> lanes;

    LaneHistograms(List<Lane> lanes) {
        this.lanes = lanes;
    }

    private static double[] boundsS() {
        double[] bounds = Arrays.stream(Durations.boundsNs())
                .mapToDouble(LaneHistograms::seconds)
                .toArray();
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        return all;
    }

    private static double seconds(long ns) {
        return ns / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static String name(LaneTiming timing) {
        return switch (timing) {
            case TURN -> "ringdown_lane_turn_seconds";
            case UPLINK -> "ringdown_uplink_latency_seconds";
            case DOWNLINK -> "ringdown_downlink_latency_seconds";
            case BARGE_IN -> "ringdown_barge_in_clear_seconds";
            case DEAD_AIR -> "ringdown_dead_air_seconds";
        };
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (LaneTiming timing : LaneTiming.values()) {
            HistogramSnapshot.Builder histogram =
                    HistogramSnapshot.builder().name(name(timing)).help(timing.sentence());
            for (Lane lane : lanes) {
                histogram.dataPoint(point(lane, lane.counters().timing(timing).soFar()));
            }
            all.metricSnapshot(histogram.build());
        }
        return all.build();
    }

    private static HistogramDataPointSnapshot point(Lane lane, Distribution timed) {
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of("lane", lane.roleName()))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS_S, timed.counts()))
                .sum(seconds(timed.sumNs()))
                .build();
    }
}
