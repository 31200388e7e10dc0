package io.ringdown.bridge.model.openai;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What the model is told to be in one call. Immutable; any thread.
 *
 * @param model its name, told when connecting to it
 * @param instructions who it is and what it does, in every response
 * @param greeting how it opens the call, beside the instructions; may be empty
 * @param voice one of OpenAI's, fixed once it has spoken
 * @param transcription how the caller's words are written down
 * @param vad how the caller's turns are found
 * @param maxOutputTokens of one response; empty: no limit
 */
public record OpenAiSession(
        String model,
        String instructions,
        String greeting,
        String voice,
        Transcription transcription,
        Vad vad,
        OptionalInt maxOutputTokens) {

    /** {@code language} is an ISO 639-1 code. */
    public record Transcription(String model, String language) {}

    /** OpenAI Realtime's {@code server_vad}; always sent, since the server's defaults have been seen to differ. */
    public record Vad(double threshold, int prefixPaddingMs, int silenceDurationMs) {}

    /** The same with the placeholders of its texts filled in (see {@link InstructionTemplate}). */
    public OpenAiSession filledIn(Map<String, String> values) {
        return new OpenAiSession(
                model,
                InstructionTemplate.render(instructions, values),
                InstructionTemplate.render(greeting, values),
                voice,
                transcription,
                vad,
                maxOutputTokens);
    }
}
