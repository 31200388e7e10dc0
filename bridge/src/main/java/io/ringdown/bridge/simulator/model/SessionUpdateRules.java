package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** What {@code session.update} may say (GA shapes). */
final class SessionUpdateRules {
    private static final String DETECTION = "audio.input.turn_detection";

    /** The objects whose fields are all known; others are taken as they are. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "",
            Set.of(
                    "type",
                    "output_modalities",
                    "instructions",
                    "max_output_tokens",
                    "audio",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "reasoning",
                    "truncation",
                    "tracing",
                    "prompt",
                    "include"),
            "audio",
            Set.of("input", "output"),
            "audio.input",
            Set.of("format", "noise_reduction", "transcription", "turn_detection"),
            "audio.output",
            Set.of("format", "voice", "speed"),
            DETECTION,
            Set.of(
                    "type",
                    "threshold",
                    "prefix_padding_ms",
                    "silence_duration_ms",
                    "create_response",
                    "interrupt_response",
                    "idle_timeout_ms",
                    "eagerness"),
            "audio.input.transcription",
            Set.of("model", "language", "prompt", "delay"));

    private SessionUpdateRules() {}

    static void check(ObjectNode update) {
        if (!update.has("type")) {
            throw Refusal.missing("session.type");
        }
        require(update.path("type").asText().equals("realtime"), "session.type");
        checkFields(update, "");
        checkModalities(update.get("output_modalities"));
        checkFormat(update.at("/audio/input/format"), "session.audio.input.format");
        checkFormat(update.at("/audio/output/format"), "session.audio.output.format");
        checkDetection(update.at("/audio/input/turn_detection"));
        checkTokens(update.path("max_output_tokens"));
        requireRange(update.at("/audio/output/speed"), 0.25, 1.5, "session.audio.output.speed");
        for (JsonNode tool : update.path("tools")) {
            require(
                    tool.path("type").asText().equals("function")
                            && tool.path("name").isTextual(),
                    "session.tools");
        }
    }

    private static void checkFields(ObjectNode object, String path) {
        Set<String> known = FIELDS.get(path);
        if (known == null) {
            return;
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            String inner = path.isEmpty() ? name : path + "." + name;
            if (!known.contains(name)) {
                throw Refusal.unknown("session." + inner);
            }
            JsonNode value = object.get(name);
            if (value instanceof ObjectNode child) {
                checkFields(child, inner);
            } else if (FIELDS.containsKey(inner) && !value.isNull()) {
                throw Refusal.wrongType("session." + inner, "an object");
            }
        }
    }

    private static void checkModalities(JsonNode modalities) {
        if (modalities != null) {
            String one = modalities.size() == 1 ? modalities.get(0).asText() : "";
            require(one.equals("audio") || one.equals("text"), "session.output_modalities");
        }
    }

    private static void checkFormat(JsonNode format, String param) {
        if (format.isMissingNode()) {
            return;
        }
        String type = format.path("type").asText();
        boolean full = type.equals("audio/pcm") && format.path("rate").asInt() == 24_000;
        boolean telephone = type.equals("audio/pcmu") || type.equals("audio/pcma");
        require(full || telephone && !format.has("rate"), param);
    }

    private static void checkDetection(JsonNode detection) {
        if (!detection.isObject()) {
            return;
        }
        String type = detection.path("type").asText();
        boolean semantic = type.equals("semantic_vad");
        require(semantic || type.equals("server_vad"), "session." + DETECTION + ".type");
        require(semantic || !detection.has("eagerness"), "session." + DETECTION + ".eagerness");
        require(!semantic || !detection.has("threshold"), "session." + DETECTION + ".threshold");
        requireRange(detection.path("threshold"), 0, 1, "session." + DETECTION + ".threshold");
        requireRange(detection.path("prefix_padding_ms"), 0, 10_000, "session." + DETECTION + ".prefix_padding_ms");
        requireRange(detection.path("silence_duration_ms"), 0, 10_000, "session." + DETECTION + ".silence_duration_ms");
    }

    private static void checkTokens(JsonNode tokens) {
        if (!tokens.asText().equals("inf")) {
            requireRange(tokens, 1, 4_096, "session.max_output_tokens");
        }
    }

    private static void requireRange(JsonNode value, double min, double max, String param) {
        if (!value.isMissingNode()) {
            require(value.isNumber() && value.asDouble() >= min && value.asDouble() <= max, param);
        }
    }

    private static void require(boolean valid, String param) {
        if (!valid) {
            throw Refusal.invalid(param, "value is not allowed");
        }
    }
}
