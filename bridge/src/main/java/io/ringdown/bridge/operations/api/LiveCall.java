package io.ringdown.bridge.operations.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A live call whose stream has started.
 *
 * @param state the phase of its life
 * @param turn whose voice is heard
 * @param openedAtMs since the epoch
 */
record LiveCall(
        String callSid,
        String lane,
        String state,
        String turn,
        @JsonIgnore long openedAtMs,
        String agent) {

    /** In ISO 8601. */
    @JsonProperty
    String openedAt() {
        return Instant.ofEpochMilli(openedAtMs).toString();
    }

    @JsonProperty
    long ageS() {
        return Math.max(0, (System.currentTimeMillis() - openedAtMs) / 1_000);
    }

    /** For the stream of events, where a thousand of these are sent: no names, and times that stay the same. */
    List<Object> row() {
        return List.of(callSid, lane, state, turn, openedAtMs, agent);
    }
}
