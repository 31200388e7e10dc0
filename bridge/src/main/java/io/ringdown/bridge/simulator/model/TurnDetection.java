package io.ringdown.bridge.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;

/** When the server takes a caller's turn as begun and ended, and what it does then: {@code audio.input.turn_detection}. */
record TurnDetection(
        double threshold,
        int prefixPaddingMs,
        int silenceDurationMs,
        boolean createResponse,
        boolean interruptResponse) {

    static TurnDetection of(JsonNode config) {
        return new TurnDetection(
                config.path("threshold").asDouble(0.5),
                config.path("prefix_padding_ms").asInt(300),
                config.path("silence_duration_ms").asInt(500),
                config.path("create_response").asBoolean(true),
                config.path("interrupt_response").asBoolean(true));
    }
}
