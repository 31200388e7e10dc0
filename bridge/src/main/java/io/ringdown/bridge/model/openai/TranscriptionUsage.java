package io.ringdown.bridge.model.openai;

/** What the model that writes down the caller counted: tokens, or seconds of audio, as it is billed. Immutable. */
public record TranscriptionUsage(long inputTokens, long outputTokens, double seconds) {
    static final TranscriptionUsage NONE = new TranscriptionUsage(0, 0, 0);

    static TranscriptionUsage of(ServerMessage transcribed) {
        return new TranscriptionUsage(
                (long) transcribed.amount("usage.input_tokens"),
                (long) transcribed.amount("usage.output_tokens"),
                transcribed.amount("usage.seconds"));
    }

    TranscriptionUsage plus(TranscriptionUsage more) {
        return new TranscriptionUsage(
                inputTokens + more.inputTokens, outputTokens + more.outputTokens, seconds + more.seconds);
    }
}
