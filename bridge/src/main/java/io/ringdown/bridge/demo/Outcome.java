package io.ringdown.bridge.demo;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a call did end, as seen by the neighbours of the bridge and told by its log.
 *
 * @param cutOffMs goodbye not heard at the hangup
 * @param deadAirMs from the later of the last sample heard and the last event needed, to the hangup
 */
record Outcome(
        int hangups,
        String reason,
        String via,
        String drain,
        boolean bargedIn,
        long cutOffMs,
        double deadAirMs,
        List<String> violations) {
    private static final int BYTES_PER_MS = 8;
    private static final double NS_PER_MS = 1e6;
    private static final Pattern POLITE = Pattern.compile("\\[POLITE_HANGUP] via=(\\S+) .*drain=(\\S+)");
    private static final Pattern EXECUTED = Pattern.compile("\\[HANGUP] executed reason=(\\S+)");

    static Outcome of(CarrierCall call, SessionRecord model, List<RestRequest> requests, List<TappedLog.Line> log) {
        return new Outcome(
                requests.size(),
                lastGroup(EXECUTED, log, 1),
                lastGroup(POLITE, log, 1),
                lastGroup(POLITE, log, 2),
                !call.moments(CallMoment.Kind.CLEAR_RECEIVED).isEmpty()
                        && !model.truncations().isEmpty(),
                call.cutOffBytes() / BYTES_PER_MS,
                requests.isEmpty()
                        ? Double.NaN
                        : DeadAir.ns(call, model, requests.get(0).atNs()) / NS_PER_MS,
                call.violations());
    }

    private static String lastGroup(Pattern pattern, List<TappedLog.Line> log, int group) {
        String found = "none";
        for (TappedLog.Line line : log) {
            Matcher matcher = pattern.matcher(line.text());
            found = matcher.find() ? matcher.group(group) : found;
        }
        return found;
    }

    @Override
    public String toString() {
        return hangups + (hangups == 1 ? " hangup" : " hangups") + ", reason=" + reason + ", via=" + via + ", drain="
                + drain + (bargedIn ? ", after a barge-in" : "");
    }
}
