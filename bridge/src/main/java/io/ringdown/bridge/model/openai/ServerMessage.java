package io.ringdown.bridge.model.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one message of the model that anybody asks for, by their paths; the rest is skipped, whatever it is. A
 * field of another type than it should have counts as missing. Reused; lane only.
 */
final class ServerMessage {
    /** Beside what a message may be in all: see {@link ModelSocket#MAX_MESSAGE_BYTES}. */
    private static final int MAX_DEPTH = 64;

    private static final double MAX_AMOUNT = 1e12;

    private static final Set<String> OBJECTS = Set.of(
            "error",
            "item",
            "response",
            "response.metadata",
            "response.status_details",
            "response.status_details.error",
            "response.usage",
            "response.usage.input_token_details",
            "response.usage.output_token_details",
            "session",
            "session.audio",
            "session.audio.input",
            "session.audio.input.format",
            "session.audio.output",
            "session.audio.output.format",
            "usage",
            "usage.input_token_details");
    private static final Set<String> TEXTS = Set.of(
            "type",
            "response_id",
            "item_id",
            "call_id",
            "name",
            "delta",
            "transcript",
            "error.type",
            "error.code",
            "error.event_id",
            "item.call_id",
            "item.name",
            "response.id",
            "response.status",
            "response.metadata." + OpenAiEncoder.PURPOSE,
            "response.status_details",
            "response.status_details.error.type",
            "response.status_details.error.code",
            "session.id",
            "session.model",
            "session.audio.input.format",
            "session.audio.input.format.type",
            "session.audio.output.format",
            "session.audio.output.format.type",
            "session.input_audio_format",
            "session.output_audio_format");
    private static final String CONTENT_INDEX = "content_index";
    private static final Set<String> AMOUNTS = Set.of(
            "response.usage.input_tokens",
            "response.usage.input_token_details.text_tokens",
            "response.usage.input_token_details.audio_tokens",
            "response.usage.input_token_details.cached_tokens",
            "response.usage.output_tokens",
            "response.usage.output_token_details.text_tokens",
            "response.usage.output_token_details.audio_tokens",
            "usage.input_tokens",
            "usage.output_tokens",
            "usage.seconds");

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(ModelSocket.MAX_MESSAGE_BYTES)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> amounts = new HashMap<>();
    private int contentIndex;
    private ServerEvent event;

    /** Reads a message whole, or, if it is one to ignore, as far as its type. False when it is not a JSON object. */
    boolean read(byte[] message, int length) {
        texts.clear();
        amounts.clear();
        contentIndex = 0;
        event = null;
        try (JsonParser json = JSON.createParser(message, 0, length)) {
            return json.nextToken() == JsonToken.START_OBJECT && readObject(json, "") && json.nextToken() == null
                    || isToIgnore();
        } catch (IOException malformed) {
            return isToIgnore();
        }
    }

    /** False when the rest does not matter. */
    private boolean readObject(JsonParser json, String path) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = field(path, json.currentName());
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && OBJECTS.contains(field)) {
                readObject(json, field);
            } else {
                readValue(json, value, field);
            }
            if (isToIgnore()) {
                return false;
            }
        }
        return true;
    }

    /** A name with a dot of its own is nobody's: it must not pass for a path. */
    private static String field(String path, String name) {
        if (name.indexOf('.') >= 0) {
            return "";
        }
        return path.isEmpty() ? name : path + '.' + name;
    }

    private void readValue(JsonParser json, JsonToken value, String field) throws IOException {
        if (value == JsonToken.VALUE_STRING && TEXTS.contains(field)) {
            texts.put(field, json.getText());
            if (field.equals("type")) {
                event = ServerEvent.named(json.getText());
            }
        } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals(CONTENT_INDEX)) {
            contentIndex = Math.max(0, json.getIntValue());
        } else if (value.isNumeric() && AMOUNTS.contains(field)) {
            amounts.put(field, json.getDoubleValue());
        } else {
            json.skipChildren();
        }
    }

    private boolean isToIgnore() {
        return event == ServerEvent.IGNORED || event == ServerEvent.UNKNOWN;
    }

    /** Null when the message names no type. */
    ServerEvent event() {
        return event;
    }

    /** The text at {@code path}, or null. */
    String text(String path) {
        return texts.get(path);
    }

    /** The first of two texts that is there, or null. */
    String text(String path, String alias) {
        String text = texts.get(path);
        return text == null ? texts.get(alias) : text;
    }

    /** The number at {@code path}; 0 when it is missing, or nobody can have meant it. */
    double amount(String path) {
        double amount = amounts.getOrDefault(path, 0.0);
        return amount >= 0 && amount < MAX_AMOUNT ? amount : 0;
    }

    boolean hasAmount(String path) {
        return amounts.containsKey(path);
    }

    /** 0 when missing, as almost always. */
    int contentIndex() {
        return contentIndex;
    }
}
