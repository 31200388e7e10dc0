package io.ringdown.bridge.record;

import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.model.openai.ModelFacts;
import io.ringdown.engine.call.CallRecord;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.UplinkLedger;
import java.util.List;

/**
 * A call whose stream was let in. Immutable.
 *
 * @param address by which its end is known
 * @param start what its stream said of itself
 * @param agent who answers
 * @param model what it has said so far: nothing
 */
public record BegunCall(CallAddress address, StreamStart start, String agent, ModelFacts model) {
    /** All that is known of it should nobody see its end: {@link CallRecord#endedNs} is {@link CallRecord#NEVER}. */
    FinishedCall lost() {
        CallRecord record = new CallRecord(
                agent,
                0,
                0,
                CallRecord.NEVER,
                CallRecord.NEVER,
                new CallRecord.End(null, CallRecord.NEVER, CallRecord.NEVER, null),
                null,
                List.of(),
                List.of(),
                List.of(),
                new CallRecord.Marks(0, 0),
                0,
                0);
        CallSummary summary = new CallSummary(start.callSid(), null, 0, new UplinkLedger(), record);
        return new FinishedCall(address, summary, start, model);
    }
}
