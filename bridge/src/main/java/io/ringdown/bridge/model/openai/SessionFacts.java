package io.ringdown.bridge.model.openai;

import java.util.HashMap;
import java.util.Map;

/** Gathers {@link ModelFacts} while a session lasts. Lane only. */
final class SessionFacts {
    private static final int MAX_RESPONSES = 1_000;
    private static final int MAX_MODEL_CHARS = 128;

    private final Map<String, TokenUsage> byResponse = new HashMap<>();
    private String sessionId;
    private String model;
    private TokenUsage total = TokenUsage.NONE;
    private TranscriptionUsage transcription = TranscriptionUsage.NONE;

    void session(String sessionId, String model) {
        this.sessionId = sessionId;
        this.model = model == null ? null : model.substring(0, Math.min(model.length(), MAX_MODEL_CHARS));
    }

    /** A response that is said to be done twice counts once. */
    void responded(String responseId, TokenUsage usage) {
        if (byResponse.containsKey(responseId)) {
            return;
        }
        if (byResponse.size() < MAX_RESPONSES) {
            byResponse.put(responseId, usage);
        }
        total = total.plus(usage);
    }

    void transcribed(TranscriptionUsage usage) {
        transcription = transcription.plus(usage);
    }

    ModelFacts soFar() {
        return new ModelFacts(sessionId, model, Map.copyOf(byResponse), total, transcription);
    }
}
