package io.ringdown.bridge.operations;

import io.ringdown.engine.lane.Distribution;
import io.ringdown.engine.lane.Durations;
import java.util.Arrays;

/** What was recorded within the last so many looks, of which there is one a second. One thread. */
final class RecentDurations {
    private final Durations durations;
    private final Distribution[] looks;
    private int next;
    private Distribution recent = Distribution.NONE;

    RecentDurations(Durations durations, int looks) {
        this.durations = durations;
        this.looks = new Distribution[looks];
        Arrays.fill(this.looks, Distribution.NONE);
    }

    void look() {
        Distribution now = durations.soFar();
        recent = now.since(looks[next]);
        looks[next] = now;
        next = (next + 1) % looks.length;
    }

    LaneLoad.Percentiles percentiles() {
        return new LaneLoad.Percentiles(
                recent.count(), recent.quantileNs(0.5), recent.quantileNs(0.9), recent.quantileNs(0.99));
    }
}
