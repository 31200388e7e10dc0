package io.ringdown.bridge.simulator.carrier;

import java.util.Map;

/** What the voice webhook's TwiML asks the carrier to do first with the call. */
sealed interface VoiceAnswer {
    /** {@code <Connect><Stream>}: open a bidirectional stream to {@code url}. */
    record Connect(String url, Map<String, String> parameters) implements VoiceAnswer {}

    /** {@code <Reject>}: do not answer the call. */
    record Reject(String reason) implements VoiceAnswer {}
}
