package io.ringdown.bridge.record;

import io.ringdown.bridge.carrier.twilio.StreamStart;
import io.ringdown.bridge.hangup.HangupOutcome;
import io.ringdown.bridge.hangup.HangupReport;
import io.ringdown.bridge.hangup.RestTry;
import io.ringdown.bridge.model.openai.ModelFacts;
import io.ringdown.bridge.model.openai.TokenUsage;
import io.ringdown.bridge.model.openai.TranscriptionUsage;
import io.ringdown.engine.call.CallRecord;
import io.ringdown.engine.call.CallRecord.Goodbye;
import io.ringdown.engine.call.CallRecord.Item;
import io.ringdown.engine.call.CallRecord.Utterance;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.Via;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.UplinkLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Calls that are over, as lanes hand them over. */
final class Finished {
    static final long OPENED_NS = TimeUnit.HOURS.toNanos(5);

    private Finished() {}

    static CallAddress address() {
        return new CallAddress(null, 0, 1, new HangupLatch());
    }

    /** How {@code call} had begun. */
    static BegunCall begun(FinishedCall call) {
        return new BegunCall(call.address(), call.start(), "default", call.model());
    }

    static FinishedCall byTheCarrier(String callSid) {
        return call(callSid, null, null, "Goodbye then.");
    }

    static FinishedCall byUs(String callSid) {
        Goodbye goodbye = new Goodbye(
                HangupReason.BOT_GOODBYE_BYE_ONLY,
                1,
                "resp_1",
                Via.AUDIO_DONE,
                Drain.MARK,
                ns(10),
                1,
                8_000,
                8_000,
                8_000,
                0,
                ns(2_990),
                new CallRecord.Mark(1, 2, ns(2_500), ns(3_000)));
        return call(callSid, HangupReason.BOT_GOODBYE_BYE_ONLY, goodbye, "Goodbye then.");
    }

    static FinishedCall saying(String callSid, String words) {
        return call(callSid, null, null, words);
    }

    private static FinishedCall call(String callSid, HangupReason reason, Goodbye goodbye, String words) {
        Utterance said = new Utterance(
                1,
                "resp_1",
                ResponsePurpose.TURN,
                ResponseStatus.COMPLETED,
                false,
                ns(1_900),
                ns(2_100),
                ns(1_990),
                8_000,
                8_000,
                8_000,
                List.of(new Item("item_1", 0, 8_000, 8_000, words)),
                List.of());
        CallRecord record = new CallRecord(
                "default",
                OPENED_NS,
                ns(10),
                ns(200),
                ns(3_100),
                new CallRecord.End(
                        reason,
                        reason == null ? CallRecord.NEVER : ns(3_000),
                        CallRecord.NEVER,
                        CallRecord.Stream.STOPPED),
                goodbye,
                List.of(said),
                List.of(new CallRecord.CallerTurn(ns(500), ns(1_500), "That is all.")),
                List.of(),
                new CallRecord.Marks(2, 2),
                0,
                0);
        TokenUsage usage = new TokenUsage(80, 60, 20, 0, 40, 10, 30);
        return new FinishedCall(
                address(),
                new CallSummary(callSid, reason, ns(3_100), new UplinkLedger(), record),
                new StreamStart(
                        "MZ1",
                        callSid,
                        "AC1",
                        Map.of("caller", "+15550001", "called", "+15550002", "token", "spent", "account", "gold")),
                new ModelFacts(
                        "sess_1", "gpt-realtime", Map.of("resp_1", usage), usage, new TranscriptionUsage(12, 4, 0)));
    }

    /** The carrier took the hangup at the second try. */
    static HangupReport confirmed() {
        return new HangupReport(
                Optional.of(new HangupOutcome(HangupOutcome.Result.COMPLETED, 2, 200, 0)),
                List.of(
                        new RestTry(OPENED_NS + ns(3_005), OPENED_NS + ns(3_015), 503, 0, ""),
                        new RestTry(OPENED_NS + ns(3_265), OPENED_NS + ns(3_285), 200, 0, "")));
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
