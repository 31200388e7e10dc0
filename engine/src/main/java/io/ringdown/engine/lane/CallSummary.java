package io.ringdown.engine.lane;

import io.ringdown.engine.call.CallRecord;
import io.ringdown.engine.call.HangupReason;

/**
 * What is known of a call once it is over.
 *
 * @param callSid the carrier's name of it, null if the stream never started
 * @param reason why we ended it, null when the caller or the carrier did
 * @param durationNs from the upgrade to the release
 * @param uplink what became of the caller's audio
 * @param record what was said and done in it
 */
public record CallSummary(
        String callSid, HangupReason reason, long durationNs, UplinkLedger uplink, CallRecord record) {}
