package io.ringdown.bridge.load.steady;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How calls ended whose models said goodbye: how often the bridge had each hung up, and what the caller heard before.
 *
 * @param calls in all
 * @param once calls for which the carrier's API was asked once, and did it
 * @param never calls for which it was not asked
 * @param moreThanOnce calls for which it was asked again
 * @param cutOff calls whose caller had not heard all when they ended
 * @param deadAir in ns, of calls that were hung up
 */
record Goodbyes(int calls, int once, int never, int moreThanOnce, int cutOff, Histogram deadAir) {
    private static final int DONE = 200;

    /**
     * The end of one call.
     *
     * @param statuses with which the carrier's API answered, in order
     * @param deadAirNs empty when it was not hung up, or never stood
     */
    record End(List<Integer> statuses, int cutOffBytes, OptionalLong deadAirNs) {
        /** @param hangups asked of the carrier's API for this call */
        static End of(SteadyCall call, CarrierCall placed, List<RestRequest> hangups) {
            OptionalLong deadAirNs = hangups.isEmpty() || !call.stands()
                    ? OptionalLong.empty()
                    : OptionalLong.of(DeadAir.ns(
                            placed, call.talker().record(), hangups.get(0).atNs()));
            return new End(hangups.stream().map(RestRequest::status).toList(), placed.cutOffBytes(), deadAirNs);
        }
    }

    static Goodbyes of(List<End> ends) {
        Histogram deadAir = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
        ends.forEach(end -> end.deadAirNs()
                .ifPresent(ns -> deadAir.recordValue(Math.max(0, Math.min(ns, deadAir.getHighestTrackableValue())))));
        return new Goodbyes(
                ends.size(),
                (int) ends.stream()
                        .filter(end -> end.statuses().equals(List.of(DONE)))
                        .count(),
                (int) ends.stream().filter(end -> end.statuses().isEmpty()).count(),
                (int) ends.stream().filter(end -> end.statuses().size() > 1).count(),
                (int) ends.stream().filter(end -> end.cutOffBytes() > 0).count(),
                deadAir);
    }

    /** Whether every call was hung up exactly once, and heard out. */
    boolean isGood() {
        return once == calls && cutOff == 0;
    }
}
