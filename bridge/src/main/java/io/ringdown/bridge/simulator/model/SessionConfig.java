package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * The effective configuration of one session. It starts as the real one does: 24 kHz PCM both ways, with server VAD.
 * An update is applied whole or not at all. Event loop only.
 */
final class SessionConfig {
    static final String TELEPHONE = "audio/pcmu";

    private static final long LIFE_S = 3_600;

    private final ObjectNode effective;
    private boolean voiceFrozen;

    SessionConfig(String sessionId, String modelName) {
        effective = JsonNodeFactory.instance.objectNode();
        effective.put("type", "realtime").put("object", "realtime.session").put("id", sessionId);
        effective.put("model", modelName).put("instructions", "").put("max_output_tokens", "inf");
        effective.put("expires_at", System.currentTimeMillis() / 1_000 + LIFE_S);
        effective.putArray("output_modalities").add("audio");
        effective.putArray("tools");
        effective.put("tool_choice", "auto").putNull("tracing");
        ObjectNode audio = effective.putObject("audio");
        ObjectNode input = audio.putObject("input");
        putPcm(input).putNull("transcription").putNull("noise_reduction");
        // 200 ms of silence has been seen as the live default: a client that means something else must say so
        input.putObject("turn_detection")
                .put("type", "server_vad")
                .put("threshold", 0.5)
                .put("prefix_padding_ms", 300)
                .put("silence_duration_ms", 200)
                .putNull("idle_timeout_ms")
                .put("create_response", true)
                .put("interrupt_response", true);
        putPcm(audio.putObject("output")).put("voice", "alloy").put("speed", 1.0);
    }

    /** A copy, for the wire. */
    ObjectNode effective() {
        return effective.deepCopy();
    }

    boolean speaksTelephone() {
        return TELEPHONE.equals(effective.at("/audio/output/format/type").asText());
    }

    boolean transcribes() {
        return effective.at("/audio/input/transcription").isObject();
    }

    /** Empty when the client takes its turns by hand. */
    Optional<TurnDetection> turnDetection() {
        JsonNode detection = effective.at("/audio/input/turn_detection");
        return detection.isObject() ? Optional.of(TurnDetection.of(detection)) : Optional.empty();
    }

    /** Once a session has spoken, its voice stays. */
    void freezeVoice() {
        voiceFrozen = true;
    }

    /** Applies an update, or refuses it whole. */
    void apply(ObjectNode update) {
        SessionUpdateRules.check(update);
        JsonNode voice = update.at("/audio/output/voice");
        if (voiceFrozen && !voice.isMissingNode() && !voice.equals(effective.at("/audio/output/voice"))) {
            throw new Refusal(
                    "cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.", null);
        }
        merge(effective, update);
    }

    /** What a server that did not do as it was told would report, and do: everything as asked, but the output's format. */
    void distortOutput() {
        putPcm((ObjectNode) effective.at("/audio/output"));
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            JsonNode present = into.get(field.getKey());
            if (present instanceof ObjectNode object
                    && field.getValue() instanceof ObjectNode change
                    && !field.getKey().equals("format")) {
                merge(object, change);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }

    private static ObjectNode putPcm(ObjectNode direction) {
        direction.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        return direction;
    }
}
