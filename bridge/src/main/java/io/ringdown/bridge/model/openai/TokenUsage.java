package io.ringdown.bridge.model.openai;

/**
 * What the model counted for a response, or for several, in tokens. Immutable.
 *
 * @param input of the whole conversation so far, as the model reads it anew for each response
 * @param cached of the input, those that cost less
 */
public record TokenUsage(
        long input, long inputText, long inputAudio, long cached, long output, long outputText, long outputAudio) {
    static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0, 0);

    /** As {@code response.done} says; none where it says nothing. */
    static TokenUsage of(ServerMessage done) {
        String in = "response.usage.input_token_details.";
        String out = "response.usage.output_token_details.";
        return new TokenUsage(
                (long) done.amount("response.usage.input_tokens"),
                (long) done.amount(in + "text_tokens"),
                (long) done.amount(in + "audio_tokens"),
                (long) done.amount(in + "cached_tokens"),
                (long) done.amount("response.usage.output_tokens"),
                (long) done.amount(out + "text_tokens"),
                (long) done.amount(out + "audio_tokens"));
    }

    TokenUsage plus(TokenUsage more) {
        return new TokenUsage(
                input + more.input,
                inputText + more.inputText,
                inputAudio + more.inputAudio,
                cached + more.cached,
                output + more.output,
                outputText + more.outputText,
                outputAudio + more.outputAudio);
    }
}
