package io.ringdown.bridge.settings;

import io.ringdown.bridge.settings.Settings.Clips;
import io.ringdown.bridge.settings.Settings.Limits;
import io.ringdown.bridge.settings.Settings.Vad;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who answers, and how.
 *
 * @param name {@link #DEFAULT}, or that of its section under {@code agents}
 * @param called numbers whose calls it answers
 * @param maxCalls of its own at the same time; empty: as many as there is room for
 * @param model name of the model that speaks for it
 * @param greeting empty: the model waits for the caller
 * @param goodbyePhrases beside the shipped ones
 * @param voicemailPhrases in place of the shipped ones; an empty list looks for none
 * @param maxOutputTokens empty: no limit
 * @param limits of its calls; those of the whole server are as for all
 */
public record Agent(
        String name,
        List<String> called,
        OptionalInt maxCalls,
        String model,
        String instructions,
        String voice,
        String language,
        String transcriptionModel,
        Optional<String> greeting,
        boolean greetingProtection,
        List<String> goodbyePhrases,
        Optional<List<String>> voicemailPhrases,
        Clips clips,
        OptionalInt maxOutputTokens,
        Vad vad,
        Limits limits) {
    /** The agent of the section {@code agent}, who answers what no other does. */
    public static final String DEFAULT = "default";

    static Agent from(String name, Values values) {
        return new Agent(
                name,
                values.find(Keys.CALLED).orElse(List.of()),
                values.get(Keys.AGENT_MAX_CALLS),
                values.find(Keys.AGENT_MODEL).orElseGet(() -> values.get(Keys.MODEL_NAME)),
                values.get(Keys.INSTRUCTIONS),
                values.get(Keys.VOICE),
                values.get(Keys.LANGUAGE),
                values.get(Keys.TRANSCRIPTION_MODEL),
                values.get(Keys.GREETING),
                values.get(Keys.GREETING_PROTECTION),
                values.find(Keys.GOODBYE_PHRASES).orElse(List.of()),
                values.find(Keys.VOICEMAIL_PHRASES),
                Clips.from(values),
                values.get(Keys.MAX_OUTPUT_TOKENS),
                Vad.from(values),
                Limits.from(values));
    }
}
