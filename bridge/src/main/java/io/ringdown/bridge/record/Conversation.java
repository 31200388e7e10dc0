package io.ringdown.bridge.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringdown.bridge.model.openai.ModelFacts;
import io.ringdown.bridge.model.openai.TokenUsage;
import io.ringdown.engine.call.CallRecord;
import io.ringdown.engine.call.CallRecord.BargedIn;
import io.ringdown.engine.call.CallRecord.CallerTurn;
import io.ringdown.engine.call.CallRecord.Item;
import io.ringdown.engine.call.CallRecord.ToolCall;
import io.ringdown.engine.call.CallRecord.Utterance;
import io.ringdown.engine.journal.LaneJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The part of a call's document that says who spoke, and what of it was heard. */
record Conversation(CallRecord call, ModelFacts model, boolean redact) {
    /** Of a recording of ours. */
    private static final int CLIP = 0;

    void writeTo(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("responses");
        for (Utterance response : call.responses()) {
            writeResponse(json, response);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("barge_ins");
        for (BargedIn bargedIn : call.bargeIns()) {
            writeBargeIn(json, bargedIn);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("transcript");
        for (Line line : lines()) {
            line.writeTo(json);
        }
        json.writeEndArray();
    }

    private void writeResponse(JsonGenerator json, Utterance response) throws IOException {
        json.writeStartObject();
        json.writeNumberField("response", response.ordinal());
        Json.id(json, "id", response.ordinal() == CLIP ? null : response.id());
        if (response.ordinal() == CLIP) {
            json.writeStringField("purpose", "recording");
        } else {
            Json.constant(json, "purpose", response.purpose());
        }
        Json.constant(json, "status", response.status());
        json.writeBooleanField("interrupted", response.interrupted());
        Json.ms(json, "created_ms", response.createdNs());
        Json.ms(json, "spoken_ms", response.spokenNs());
        Json.ms(json, "done_ms", response.doneNs());
        Json.audioMs(json, "generated_ms", response.generatedBytes());
        Json.audioMs(json, "sent_ms", response.sentBytes());
        Json.audioMs(json, "heard_ms", response.heardBytes());
        writeTools(json, response.tools());
        TokenUsage usage = model.byResponse().get(response.id());
        if (usage == null) {
            json.writeNullField("usage");
        } else {
            json.writeObjectFieldStart("usage");
            writeTokens(json, usage);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeTools(JsonGenerator json, List<ToolCall> tools) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        for (ToolCall tool : tools) {
            json.writeStartObject();
            Json.id(json, "name", tool.name());
            Json.ms(json, "ms", tool.atNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeBargeIn(JsonGenerator json, BargedIn bargedIn) throws IOException {
        json.writeStartObject();
        Json.ms(json, "ms", bargedIn.atNs());
        if (bargedIn.response() == CallRecord.NEVER) {
            json.writeNullField("response");
        } else {
            json.writeNumberField("response", bargedIn.response());
        }
        Json.audioMs(json, "heard_ms", bargedIn.heardBytes());
        Json.audioMs(json, "unheard_ms", bargedIn.unheardBytes());
        json.writeEndObject();
    }

    static void writeTokens(JsonGenerator json, TokenUsage usage) throws IOException {
        json.writeNumberField("input_tokens", usage.input());
        json.writeNumberField("input_text_tokens", usage.inputText());
        json.writeNumberField("input_audio_tokens", usage.inputAudio());
        json.writeNumberField("cached_tokens", usage.cached());
        json.writeNumberField("output_tokens", usage.output());
        json.writeNumberField("output_text_tokens", usage.outputText());
        json.writeNumberField("output_audio_tokens", usage.outputAudio());
    }

    // the transcript

    /** What one side said in one go, at a time by which all of it is put in order. */
    private interface Line {
        long atNs();

        void writeTo(JsonGenerator json) throws IOException;
    }

    private record Callers(CallerTurn turn, String words) implements Line {
        @Override
        public long atNs() {
            return turn.fromNs();
        }

        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("who", "caller");
            Json.ms(json, "ms", turn.fromNs());
            Json.ms(json, "until_ms", turn.toNs());
            json.writeStringField("text", words);
            json.writeEndObject();
        }
    }

    private record Models(Utterance response, Item item, String words) implements Line {
        @Override
        public long atNs() {
            return response.spokenNs();
        }

        @Override
        public void writeTo(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("who", response.ordinal() == CLIP ? "recording" : "model");
            Json.ms(json, "ms", response.spokenNs());
            json.writeNumberField("response", response.ordinal());
            json.writeStringField("text", words);
            json.writeBooleanField("cut", item.heardBytes() < item.generatedBytes());
            Json.audioMs(json, "heard_ms", item.heardBytes());
            json.writeEndObject();
        }
    }

    /** What was heard, in the order in which it began; of the model only what reached the caller at all. */
    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        call.turns().forEach(turn -> lines.add(new Callers(turn, told(turn.words()))));
        for (Utterance response : call.responses()) {
            response.items().stream()
                    .filter(item -> item.heardBytes() > 0)
                    .forEach(item -> lines.add(new Models(response, item, told(heard(item)))));
        }
        lines.sort(Comparator.comparingLong(Line::atNs));
        return lines;
    }

    private String told(String words) {
        return words == null || !redact ? words : LaneJournal.REDACTED;
    }

    private static String heard(Item item) {
        return item.transcript().isEmpty()
                ? null
                : HeardWords.of(item.transcript(), item.heardBytes(), item.generatedBytes());
    }
}
