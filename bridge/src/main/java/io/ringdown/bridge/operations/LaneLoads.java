package io.ringdown.bridge.operations;

import io.ringdown.engine.lane.Lane;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/** How the lanes are doing, looked at once a second by the thread of the operations; any thread reads the last look. */
public final class LaneLoads {
    private final List<WatchedLane> lanes;
    private final NanoClock clock;
    private volatile List<LaneLoad> latest;

    LaneLoads(List<Lane> lanes, NanoClock clock) {
        this.clock = clock;
        this.lanes = lanes.stream()
                .map(lane -> new WatchedLane(lane, clock.nanoTime()))
                .toList();
        look();
    }

    /** Always the same thread, once a second. */
    void look() {
        long nowNs = clock.nanoTime();
        latest = lanes.stream().map(lane -> lane.look(nowNs)).toList();
    }

    /** One for each lane, in their order. Any thread. */
    public List<LaneLoad> latest() {
        return latest;
    }
}
