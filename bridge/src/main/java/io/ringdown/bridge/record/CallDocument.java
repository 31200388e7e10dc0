package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringdown.bridge.hangup.HangupReport;
import io.ringdown.bridge.hangup.RestTry;
import io.ringdown.engine.call.CallRecord;
import io.ringdown.engine.call.CallRecord.Goodbye;
import io.ringdown.engine.call.HangupReason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one JSON document of a call, in one line. What each field means stands in docs/call-record.md; a change that would
 * break a reader raises {@link #VERSION}.
 */
final class CallDocument {
    static final int VERSION = 1;

    /** Admits its bearer for a minute, once: nobody needs it afterwards. */
    private static final String STREAM_TOKEN = "token";

    private static final JsonFactory JSON = new JsonFactory();

    private final String id;
    private final FinishedCall call;
    private final CallRecord record;
    private final Optional<HangupReport> report;
    private final Instant openedAt;
    private final boolean redact;

    /**
     * @param id of this document, and of no other
     * @param report what became of the hangup; empty when it was none, or not known in time
     * @param openedAt when the call was opened, by the wall clock
     * @param redact leaves out what was said
     */
    CallDocument(String id, FinishedCall call, Optional<HangupReport> report, Instant openedAt, boolean redact) {
        this.id = id;
        this.call = call;
        this.record = call.summary().record();
        this.report = report;
        this.openedAt = openedAt;
        this.redact = redact;
    }

    /** UTF-8, without a line break. */
    byte[] toJson() {
        StringWriter text = new StringWriter(4_096);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeNames(json);
            writeTimes(json);
            writeEnd(json);
            writeHangup(json);
            writeGoodbye(json);
            new Conversation(record, call.model(), redact).writeTo(json);
            writeUsage(json);
            writeCounters(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string takes all that is written to it", impossible);
        }
        return text.toString().getBytes(UTF_8); // where a peer sent half a surrogate pair, a question mark
    }

    /** When the call ended of which {@code document} tells, as {@link #toJson} made it. */
    static Instant endedAt(byte[] document) throws IOException {
        return Instant.parse(Json.READER.readTree(document).path("ended_at").asText());
    }

    private void writeNames(JsonGenerator json) throws IOException {
        Map<String, String> parameters = new TreeMap<>(call.start().parameters());
        parameters.remove(STREAM_TOKEN);
        json.writeNumberField("version", VERSION);
        json.writeStringField("id", id);
        json.writeStringField("call_sid", call.start().callSid());
        json.writeStringField("stream_sid", call.start().streamSid());
        json.writeStringField("account_sid", call.start().accountSid());
        json.writeStringField("agent", record.agent());
        json.writeStringField("caller", parameters.remove("caller"));
        json.writeStringField("called", parameters.remove("called"));
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            json.writeStringField(parameter.getKey(), parameter.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("model");
        json.writeStringField("name", call.model().model());
        json.writeStringField("session_id", call.model().sessionId());
        json.writeEndObject();
    }

    private void writeTimes(JsonGenerator json) throws IOException {
        json.writeStringField("opened_at", openedAt.toString());
        json.writeStringField("started_at", at(record.startedNs()));
        json.writeStringField("ended_at", at(record.endedNs()));
        Json.ms(json, "duration_ms", record.endedNs());
        Json.ms(json, "started_ms", record.startedNs());
        Json.ms(json, "session_ms", record.sessionNs());
    }

    private String at(long ns) {
        return ns == CallRecord.NEVER ? null : openedAt.plusNanos(ns).toString();
    }

    private void writeEnd(JsonGenerator json) throws IOException {
        CallRecord.End end = record.end();
        boolean lost = record.endedNs() == CallRecord.NEVER;
        String otherwise = lost ? "process_lost" : "carrier_stop";
        json.writeObjectFieldStart("end");
        json.writeStringField("by", lost || end.reason() != null ? "ringdown" : "carrier");
        json.writeStringField(
                "reason", end.reason() == null ? otherwise : end.reason().logName());
        Json.ms(json, "claimed_ms", end.claimedNs());
        Json.ms(json, "confirmed_ms", end.confirmedNs());
        Json.constant(json, "stream", end.stream());
        json.writeEndObject();
    }

    /** What was asked of the carrier's API; nothing where the phone call was not ours to end. */
    private void writeHangup(JsonGenerator json) throws IOException {
        HangupReason reason = record.end().reason();
        if (reason == null || !reason.endsPhoneCall()) {
            json.writeNullField("hangup");
            return;
        }
        json.writeObjectFieldStart("hangup");
        json.writeStringField("result", result());
        json.writeArrayFieldStart("attempts");
        for (RestTry tried : report.map(HangupReport::tries).orElse(List.of())) {
            json.writeStartObject();
            Json.ms(json, "ms", tried.sentNs() - record.openedNs());
            Json.ms(json, "took_ms", tried.answeredNs() - tried.sentNs());
            json.writeNumberField("status", tried.status());
            json.writeNumberField("twilio_code", tried.twilioCode());
            json.writeStringField("failure", tried.failure().isEmpty() ? null : tried.failure());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private String result() {
        if (report.isEmpty()) {
            return "unknown";
        }
        return report.get()
                .outcome()
                .map(outcome -> outcome.result().name().toLowerCase(Locale.ROOT))
                .orElse("no_api");
    }

    private void writeGoodbye(JsonGenerator json) throws IOException {
        Goodbye goodbye = record.goodbye();
        if (goodbye == null) {
            json.writeNullField("goodbye");
            return;
        }
        json.writeObjectFieldStart("goodbye");
        json.writeStringField("reason", goodbye.reason().logName());
        json.writeNumberField("response", goodbye.response());
        Json.id(json, "response_id", goodbye.responseId());
        json.writeStringField("via", goodbye.via().logName());
        json.writeStringField(
                "drain", goodbye.drain() == null ? null : goodbye.drain().logName());
        Json.audioMs(json, "generated_ms", goodbye.generatedBytes());
        Json.audioMs(json, "sent_ms", goodbye.sentBytes());
        Json.audioMs(json, "heard_ms", goodbye.heardBytes());
        Json.audioMs(json, "cut_off_ms", goodbye.cutOffBytes());
        Json.ms(json, "heard_until_ms", goodbye.heardNs());
        Json.ms(json, "dead_air_ms", deadAirNs(goodbye));
        json.writeNumberField("generation", goodbye.generation());
        json.writeFieldName("mark");
        writeMark(json, goodbye.mark());
        json.writeEndObject();
    }

    private static void writeMark(JsonGenerator json, CallRecord.Mark mark) throws IOException {
        if (mark.number() == 0) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", "g" + mark.generation() + ".m" + mark.number());
        Json.ms(json, "sent_ms", mark.sentNs());
        Json.ms(json, "echoed_ms", mark.echoedNs());
        json.writeEndObject();
    }

    /** From when nothing more was to be heard or needed to the request that ends the call, or to the claim without one. */
    private long deadAirNs(Goodbye goodbye) {
        if (goodbye.drain() == null) {
            return CallRecord.NEVER;
        }
        long claimedNs = record.end().claimedNs();
        long askedNs = report.stream()
                .flatMap(told -> told.tries().stream())
                .mapToLong(tried -> tried.sentNs() - record.openedNs())
                .findFirst()
                .orElse(claimedNs);
        return goodbye.deadAirNs() + Math.max(0, askedNs - claimedNs);
    }

    private void writeUsage(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        Conversation.writeTokens(json, call.model().total());
        json.writeObjectFieldStart("transcription");
        json.writeNumberField("input_tokens", call.model().transcription().inputTokens());
        json.writeNumberField("output_tokens", call.model().transcription().outputTokens());
        json.writeNumberField("seconds", call.model().transcription().seconds());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeCounters(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counters");
        Counters.writeUplink(json, call.summary().uplink());
        Counters.writeDownlink(json, record.responses());
        json.writeNumberField("marks_sent", record.marks().sent());
        json.writeNumberField("marks_answered", record.marks().answered());
        json.writeNumberField("digits", record.digits());
        json.writeNumberField("left_out", record.leftOut());
        json.writeEndObject();
    }
}
