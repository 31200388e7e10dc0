package io.ringdown.bridge.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringdown.engine.call.CallRecord.Utterance;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.lane.UplinkLedger;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What was counted of a call's audio, in μ-law bytes. */
final class Counters {
    private Counters() {}

    static void writeUplink(JsonGenerator json, UplinkLedger uplink) throws IOException {
        json.writeObjectFieldStart("caller_audio");
        json.writeNumberField("in_bytes", uplink.inBytes());
        json.writeNumberField("padded_bytes", uplink.paddedBytes());
        json.writeNumberField("forwarded_bytes", uplink.forwardedBytes());
        json.writeNumberField("dropped_bytes", uplink.droppedBytes());
        json.writeObjectFieldStart("dropped_by_reason");
        for (DropReason reason : DropReason.values()) {
            if (uplink.droppedBytes(reason) > 0) {
                json.writeNumberField(reason.name().toLowerCase(Locale.ROOT), uplink.droppedBytes(reason));
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeDownlink(JsonGenerator json, List<Utterance> responses) throws IOException {
        json.writeObjectFieldStart("model_audio");
        json.writeNumberField("generated_bytes", sum(responses, Utterance::generatedBytes));
        json.writeNumberField("sent_bytes", sum(responses, Utterance::sentBytes));
        json.writeNumberField("heard_bytes", sum(responses, Utterance::heardBytes));
        json.writeEndObject();
    }

    private static long sum(List<Utterance> responses, ToLongFunction<Utterance> bytes) {
        return responses.stream().mapToLong(bytes).sum();
    }
}
