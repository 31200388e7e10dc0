package io.ringdown.bridge.load.steady;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How calls ended whose models said goodbye: how often the bridge had each hung up, and what the caller heard before.
 *
 * @param once calls for which the carrier's API was asked once, and did it
 * @param cutOff calls whose caller had not heard all when they ended
 * @param deadAir in ns, of calls that were hung up
 */
record Goodbyes(int once, int never, int moreThanOnce, int cutOff, Histogram deadAir) {
    private static final int DONE = 200;

    /**
     * @param placed as the carrier saw them, in the order of {@code calls}
     * @param requests of the carrier's API, of all calls
     */
    static Goodbyes of(List<SteadyCall> calls, List<CarrierCall> placed, List<RestRequest> requests) {
        int once = 0;
        int never = 0;
        int cutOff = 0;
        Histogram deadAir = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
        for (int i = 0; i < placed.size(); i++) {
            CarrierCall call = placed.get(i);
            List<RestRequest> hangups = requests.stream()
                    .filter(request -> request.callSid().equals(call.callSid()))
                    .toList();
            boolean done = hangups.size() == 1 && hangups.get(0).status() == DONE;
            once += done ? 1 : 0;
            never += hangups.isEmpty() ? 1 : 0;
            cutOff += call.cutOffBytes() > 0 ? 1 : 0;
            if (done && calls.get(i).stands()) {
                long ns = DeadAir.ns(
                        call, calls.get(i).talker().record(), hangups.get(0).atNs());
                deadAir.recordValue(Math.max(0, Math.min(ns, deadAir.getHighestTrackableValue())));
            }
        }
        return new Goodbyes(once, never, placed.size() - once - never, cutOff, deadAir);
    }

    /** Whether every call was hung up exactly once, and heard out. */
    boolean isGood() {
        return never == 0 && moreThanOnce == 0 && cutOff == 0;
    }
}
