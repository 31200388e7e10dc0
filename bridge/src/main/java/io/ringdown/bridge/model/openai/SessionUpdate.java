package io.ringdown.bridge.model.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The one {@code session.update}: a telephone's audio both ways, the caller's turns, and the tool that ends the call. */
final class SessionUpdate {
    private static final String END_CALL =
            "Ends the phone call. Call it when the conversation is finished: the caller has"
                    + " said goodbye, or needs nothing more. Say your goodbye aloud in the same response; the call ends only after"
                    + " the caller has heard it. Never call it while a question is open.";

    private SessionUpdate() {}

    static void writeTo(JsonGenerator json, OpenAiSession session) throws IOException {
        json.writeObjectFieldStart("session");
        json.writeStringField("type", "realtime");
        json.writeArrayFieldStart("output_modalities");
        json.writeString("audio");
        json.writeEndArray();
        json.writeStringField("instructions", session.instructions());
        if (session.maxOutputTokens().isPresent()) {
            json.writeNumberField("max_output_tokens", session.maxOutputTokens().getAsInt());
        } else {
            json.writeStringField("max_output_tokens", "inf");
        }
        writeAudio(json, session);
        writeTools(json);
        json.writeEndObject();
    }

    private static void writeAudio(JsonGenerator json, OpenAiSession session) throws IOException {
        json.writeObjectFieldStart("audio");
        json.writeObjectFieldStart("input");
        writeTelephone(json);
        json.writeObjectFieldStart("transcription");
        json.writeStringField("model", session.transcription().model());
        json.writeStringField("language", session.transcription().language());
        json.writeEndObject();
        writeTurnDetection(json, session.vad());
        json.writeEndObject();
        json.writeObjectFieldStart("output");
        writeTelephone(json);
        json.writeStringField("voice", session.voice());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTelephone(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("format");
        json.writeStringField("type", "audio/pcmu");
        json.writeEndObject();
    }

    private static void writeTurnDetection(JsonGenerator json, OpenAiSession.Vad vad) throws IOException {
        json.writeObjectFieldStart("turn_detection");
        json.writeStringField("type", "server_vad");
        json.writeNumberField("threshold", vad.threshold());
        json.writeNumberField("prefix_padding_ms", vad.prefixPaddingMs());
        json.writeNumberField("silence_duration_ms", vad.silenceDurationMs());
        json.writeBooleanField("create_response", true);
        json.writeBooleanField("interrupt_response", true);
        json.writeEndObject();
    }

    private static void writeTools(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tools");
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeStringField("name", "end_call");
        json.writeStringField("description", END_CALL);
        json.writeObjectFieldStart("parameters");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart("reason");
        json.writeStringField("type", "string");
        json.writeStringField("description", "Why the conversation is finished, in a few words.");
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("required");
        json.writeString("reason");
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("tool_choice", "auto");
    }
}
