package io.ringdown.bridge.load.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call record says of what the carrier can know as well.
 *
 * @param endedBy {@code ringdown} or {@code carrier}
 * @param stopped whether the carrier ended the stream with a word
 * @param known whether what became of the hangup was known when the record was written
 * @param statuses of the tries of the hangup, in order; 0 where the server heard no answer
 * @param callerBytes of the caller's audio, as it came in
 */
record RecordedCall(
        String callSid, String endedBy, boolean stopped, boolean known, List<Integer> statuses, long callerBytes) {
    static RecordedCall of(JsonNode document) {
        List<Integer> statuses = new ArrayList<>();
        document.at("/hangup/attempts")
                .forEach(tried -> statuses.add(tried.path("status").asInt()));
        return new RecordedCall(
                document.path("call_sid").asText(),
                document.at("/end/by").asText(),
                document.at("/end/stream").asText().equals("stopped"),
                !document.at("/hangup/result").asText().equals("unknown"),
                statuses,
                document.at("/counters/caller_audio/in_bytes").asLong());
    }

    /** Where it differs from what the carrier saw, one sentence each. */
    List<String> problems(EndedCall call, List<Integer> hangups) {
        List<String> problems = new ArrayList<>();
        if (known && !sameTries(hangups)) {
            problems.add("tries of its hangup " + statuses + ", at the carrier " + hangups);
        }
        CallEnding.Cause cause = call.ending().cause();
        boolean byCarrier = endedBy.equals("carrier");
        if (cause == CallEnding.Cause.COMPLETED_BY_REST && byCarrier) {
            problems.add("ended by the carrier, which was asked to");
        }
        if (cause == CallEnding.Cause.CALLER_HUNG_UP && hangups.isEmpty() && !byCarrier) {
            problems.add("ended by us, but the caller hung up");
        }
        boolean allCameIn = byCarrier && stopped && cause == CallEnding.Cause.CALLER_HUNG_UP;
        if (callerBytes > call.callerBytes() || (allCameIn && callerBytes < call.callerBytes())) {
            problems.add(callerBytes + " bytes of the caller, who sent " + call.callerBytes());
        }
        return problems.stream()
                .map(problem -> callSid + " (" + call.temper() + "): its record says " + problem)
                .toList();
    }

    /** A try without an answer may have been answered too late, or never have come through. */
    private boolean sameTries(List<Integer> hangups) {
        int seen = 0;
        for (int status : statuses) {
            if (status != 0) {
                while (seen < hangups.size() && hangups.get(seen) != status) {
                    seen++;
                }
                if (seen == hangups.size()) {
                    return false;
                }
                seen++;
            }
        }
        return hangups.size() <= statuses.size();
    }
}
