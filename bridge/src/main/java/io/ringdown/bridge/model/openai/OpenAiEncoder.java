package io.ringdown.bridge.model.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes the rare messages to the model, each with an {@code event_id} of its own. One for each leg; lane only. The
 * buffers are the caller's to release.
 */
final class OpenAiEncoder {
    /** The key under which a response carries its {@link ResponsePurpose}, out and back. */
    static final String PURPOSE = "ringdown_purpose";

    private static final JsonFactory JSON = new JsonFactory();

    private final OpenAiSession session;
    private final ByteBufAllocator allocator;
    private int sent;

    OpenAiEncoder(OpenAiSession session, ByteBufAllocator allocator) {
        this.session = session;
        this.allocator = allocator;
    }

    ByteBuf sessionUpdate() {
        return event("session.update", ClientEvent.CONFIGURE, json -> SessionUpdate.writeTo(json, session));
    }

    ByteBuf responseCreate(ResponsePurpose purpose) {
        return event("response.create", ClientEvent.RESPOND, json -> {
            json.writeObjectFieldStart("response");
            Prompt prompt = Prompt.of(purpose);
            String words = prompt.words(session);
            if (!words.isEmpty()) {
                // instructions of a response replace the session's, so both are sent
                json.writeStringField("instructions", session.instructions() + "\n\n" + words);
            }
            if (!prompt.mayCallTools()) {
                json.writeStringField("tool_choice", "none");
            }
            json.writeObjectFieldStart("metadata");
            json.writeStringField(PURPOSE, purpose.name());
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    ByteBuf responseCancel(String responseId) {
        return event("response.cancel", ClientEvent.CANCEL, json -> json.writeStringField("response_id", responseId));
    }

    /** {@code heardMs} is never more than the item's audio lasts: the server refuses that. */
    ByteBuf truncate(String itemId, int contentIndex, int heardMs) {
        return event("conversation.item.truncate", ClientEvent.TRUNCATE, json -> {
            json.writeStringField("item_id", itemId);
            json.writeNumberField("content_index", contentIndex);
            json.writeNumberField("audio_end_ms", heardMs);
        });
    }

    ByteBuf toolAnswer(String toolCallId, ToolAnswer answer) {
        return event("conversation.item.create", ClientEvent.ANSWER_TOOL, json -> {
            json.writeObjectFieldStart("item");
            json.writeStringField("type", "function_call_output");
            json.writeStringField("call_id", toolCallId);
            json.writeStringField("output", output(answer));
            json.writeEndObject();
        });
    }

    private static String output(ToolAnswer answer) {
        return switch (answer) {
            case ENDING -> "{\"status\":\"ok\",\"note\":\"The call ends when your goodbye has been heard.\"}";
            case ALREADY_ENDING -> "{\"status\":\"ok\",\"note\":\"The call is ending already.\"}";
            case UNKNOWN_TOOL -> "{\"status\":\"error\",\"note\":\"There is no such tool.\"}";
            case LIMIT_REACHED -> "{\"status\":\"error\",\"note\":\"No more tool calls in this conversation.\"}";
        };
    }

    /** Writes what is particular to an event. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private ByteBuf event(String type, ClientEvent kind, Fields fields) {
        ByteBuf message = allocator.buffer();
        try (OutputStream bytes = new ByteBufOutputStream(message);
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("event_id", kind.id(++sent));
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            message.release();
            throw new UncheckedIOException(type, impossible);
        }
        return message;
    }
}
