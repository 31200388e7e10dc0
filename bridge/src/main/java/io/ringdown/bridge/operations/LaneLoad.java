package io.ringdown.bridge.operations;

import io.ringdown.engine.call.Phase;
import java.util.Map;

/**
 * How one lane was doing when it was last looked at. Times are in ns. Immutable.
 *
 * @param lane its name
 * @param calls how many are in each phase but {@link Phase#CLOSED}, all phases present
 * @param capacity calls it may hold
 * @param busyShare of the last second, from 0 to 1, in which the lane turned; the rest it was parked or let messages gather
 * @param turns of the last 10 s
 * @param longestTurnNs of the last 60 s
 * @param stalls turns of 20 ms and more since the start
 * @param uplink from reading to writing caller audio, of the last 10 s, sampled
 * @param downlink the same of model audio, the waiting for its time not counted
 * @param deadAir before hangups of the last 300 s
 * @param mostEventsWaiting handled in one go in the last 60 s
 */
public record LaneLoad(
        String lane,
        Map<Phase, Integer> calls,
        int capacity,
        double busyShare,
        Percentiles turns,
        long longestTurnNs,
        long stalls,
        Percentiles uplink,
        Percentiles downlink,
        Percentiles deadAir,
        int mostEventsWaiting) {
    /** Of {@code count} durations, in ns; all 0 when there were none. */
    public record Percentiles(long count, long p50Ns, long p90Ns, long p99Ns) {}
}
