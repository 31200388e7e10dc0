package io.ringdown.bridge.operations.api;

import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * A call that is over.
 *
 * @param callSid the carrier's name of it
 * @param reason why we ended it, or {@code carrier_stop} when the caller or the carrier did
 * @param endedAt in ISO 8601
 */
public record EndedCall(String callSid, String lane, String agent, String reason, String endedAt, long durationMs) {
    private static final String NOT_BY_US = "carrier_stop";

    /** The call of {@code summary}, whose stream had started, ended now. */
    public static EndedCall now(String lane, String agent, CallSummary summary) {
        HangupReason reason = summary.reason();
        return new EndedCall(
                summary.callSid(),
                lane,
                agent,
                reason == null ? NOT_BY_US : reason.logName(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                TimeUnit.NANOSECONDS.toMillis(summary.durationNs()));
    }
}
