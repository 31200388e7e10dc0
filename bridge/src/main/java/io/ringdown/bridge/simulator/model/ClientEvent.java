package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * One event from the client, read strictly: an unknown type, an unknown field, a missing field, a wrong type or careless
 * base64 is a {@link Refusal}. The real server may forgive more; a bridge that passes here need not hope for it.
 */
final class ClientEvent {
    static final String APPEND = "input_audio_buffer.append";

    /** OpenAI Realtime: at most 15 MiB of base64 in one append. */
    static final int MAX_APPEND_CHARS = 15 * 1024 * 1024;

    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry("session.update", Set.of("session")),
            Map.entry(APPEND, Set.of()), // its audio is taken out first
            Map.entry("input_audio_buffer.commit", Set.of()),
            Map.entry("input_audio_buffer.clear", Set.of()),
            Map.entry("conversation.item.create", Set.of("item", "previous_item_id")),
            Map.entry("conversation.item.truncate", Set.of("item_id", "content_index", "audio_end_ms")),
            Map.entry("conversation.item.delete", Set.of("item_id")),
            Map.entry("conversation.item.retrieve", Set.of("item_id")),
            Map.entry("response.create", Set.of("response")),
            Map.entry("response.cancel", Set.of("response_id")));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode body;
    private final JsonNode audio;

    private ClientEvent(ObjectNode body, JsonNode audio) {
        this.body = body;
        this.audio = audio;
    }

    static ClientEvent parse(byte[] utf8) {
        try {
            if (JSON.readTree(utf8) instanceof ObjectNode body) {
                boolean append = APPEND.equals(body.path("type").asText());
                return new ClientEvent(body, append ? body.remove("audio") : null);
            }
        } catch (IOException malformed) {
            throw new Refusal("invalid_event", "The event is not valid JSON.", null);
        }
        throw new Refusal("invalid_event", "The event is not a JSON object.", null);
    }

    /** Empty when there is none. */
    String type() {
        return body.path("type").asText();
    }

    /** The client's own id of this event, or null. */
    String id() {
        return body.path("event_id").textValue();
    }

    /** The event without its audio. */
    ObjectNode body() {
        return body;
    }

    void checkFields() {
        requireText("type");
        Set<String> known = FIELDS.get(type());
        if (known == null) {
            throw Refusal.invalid("type", "'" + type() + "' is not supported");
        }
        if (body.has("event_id")) {
            requireText("event_id");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("type") && !name.equals("event_id") && !known.contains(name)) {
                throw Refusal.unknown(name);
            }
        }
    }

    /** The decoded audio of an append. Padding is demanded, and spare bits must be zero. */
    byte[] requireAudio() {
        if (audio == null) {
            throw Refusal.missing("audio");
        }
        if (!audio.isTextual()) {
            throw Refusal.wrongType("audio", "a base64 string");
        }
        String base64 = audio.textValue();
        if (base64.length() > MAX_APPEND_CHARS) {
            throw Refusal.invalid("audio", "longer than 15 MiB");
        }
        return decode(base64.getBytes(StandardCharsets.UTF_8));
    }

    String requireText(String name) {
        JsonNode value = require(name);
        if (!value.isTextual()) {
            throw Refusal.wrongType(name, "a string");
        }
        return value.textValue();
    }

    /** The text of an optional field; null when it is absent or null. */
    String optionalText(String name) {
        return body.path(name).isMissingNode() || body.path(name).isNull() ? null : requireText(name);
    }

    int requireCount(String name) {
        JsonNode value = require(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw Refusal.wrongType(name, "an integer");
        }
        if (value.intValue() < 0) {
            throw Refusal.invalid(name, "below zero");
        }
        return value.intValue();
    }

    ObjectNode requireObject(String name) {
        if (require(name) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.wrongType(name, "an object");
    }

    private JsonNode require(String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            throw Refusal.missing(name);
        }
        return value;
    }

    /** Of ASCII text. Throws a {@link Refusal} when it is not base64 as it should be. */
    static byte[] decode(byte[] base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException foreign) {
            throw Refusal.invalid("audio", "not base64");
        }
        boolean padded = base64.length % 4 == 0;
        int last = Math.max(0, base64.length - 4);
        if (!padded || !Arrays.equals(tail(bytes), Arrays.copyOfRange(base64, last, base64.length))) {
            throw Refusal.invalid("audio", padded ? "stray bits behind the last byte" : "base64 without its padding");
        }
        return bytes;
    }

    private static byte[] tail(byte[] bytes) {
        int from = bytes.length == 0 ? 0 : (bytes.length - 1) / 3 * 3;
        return Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
