package io.ringdown.bridge.model.openai;

import java.util.Map;

/**
 * What a session said of itself and of its cost. Immutable; any thread.
 *
 * @param sessionId null when it never said
 * @param model as the session named it, null when it never did
 * @param byResponse what each response cost, by the model's id of it; the first thousand of them
 * @param total of all responses that came to their end while we listened
 */
public record ModelFacts(
        String sessionId,
        String model,
        Map<String, TokenUsage> byResponse,
        TokenUsage total,
        TranscriptionUsage transcription) {}
