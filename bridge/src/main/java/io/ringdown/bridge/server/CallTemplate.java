package io.ringdown.bridge.server;

import io.ringdown.bridge.audio.Recording;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.model.openai.OpenAiSession;
import io.ringdown.bridge.settings.Agent;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.settings.SettingsException;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What every call of an agent begins with, made once from the settings.
 *
 * @param call what its machine is to be like
 * @param session what its model is told to be, before the call's own values are filled in
 * @param maxCalls how many calls the agent has at most
 */
record CallTemplate(CallSettings call, OpenAiSession session, int maxCalls) {

    /** @throws SettingsException naming the file, when a configured clip cannot be read */
    static CallTemplate of(Settings.Drain drain, Agent agent) {
        CallSettings call = new CallSettings(
                agent.name(),
                drain == Settings.Drain.PLAYBACK ? DrainPolicy.PLAYBACK : DrainPolicy.QUEUES,
                agent.greeting().isPresent(),
                agent.greetingProtection(),
                new GoodbyeMatcher(GoodbyePhrases.defaults().withGoodbyes(agent.goodbyePhrases())),
                new VoicemailMatcher(agent.voicemailPhrases().orElseGet(VoicemailMatcher::defaultPhrases)),
                clips(agent),
                agent.limits().maxToolCalls(),
                times(agent.limits()));
        return new CallTemplate(call, session(agent), agent.maxCalls().orElse(Integer.MAX_VALUE));
    }

    /** The agent's name. */
    String agent() {
        return call.agent();
    }

    private static OpenAiSession session(Agent agent) {
        Settings.Vad vad = agent.vad();
        return new OpenAiSession(
                agent.model(),
                agent.instructions(),
                agent.greeting().orElse(""),
                agent.voice(),
                new OpenAiSession.Transcription(agent.transcriptionModel(), agent.language()),
                new OpenAiSession.Vad(vad.threshold(), vad.prefixPaddingMs(), vad.silenceDurationMs()),
                agent.maxOutputTokens());
    }

    private static Map<Clip, byte[]> clips(Agent agent) {
        Settings.Clips files = agent.clips();
        Map<Clip, byte[]> clips = new EnumMap<>(Clip.class);
        clips.put(Clip.SILENCE_TIMEOUT, clip(files.silenceTimeout(), agent.language(), Clip.SILENCE_TIMEOUT));
        clips.put(Clip.MAX_DURATION, clip(files.maxDuration(), agent.language(), Clip.MAX_DURATION));
        clips.put(Clip.MODEL_LOST, clip(files.modelLost(), agent.language(), Clip.MODEL_LOST));
        clips.put(Clip.GOODBYE, clip(files.goodbye(), agent.language(), Clip.GOODBYE));
        return clips;
    }

    private static byte[] clip(Optional<Path> file, String language, Clip clip) {
        if (file.isEmpty()) {
            return Speech.clip(language, clip.name().toLowerCase(Locale.ROOT));
        }
        boolean wav = file.get().toString().toLowerCase(Locale.ROOT).endsWith(".wav");
        try {
            Recording recording = wav ? Recording.read(file.get()) : Recording.readHeaderless(file.get());
            return recording.muLaw();
        } catch (IOException e) {
            throw new SettingsException(List.of(e.getMessage()));
        }
    }

    private static CallSettings.Times times(Settings.Limits limits) {
        return new CallSettings.Times(
                ms(limits.leadMs()),
                ms(limits.markSlackMs()),
                ms(limits.responseDoneWaitMs()),
                ms(limits.carrierStallMs()),
                TimeUnit.SECONDS.toNanos(limits.maxDurationS()),
                TimeUnit.SECONDS.toNanos(limits.maxDurationGraceS()),
                TimeUnit.SECONDS.toNanos(limits.silenceTimeoutS()),
                ms(limits.startTimeoutMs()),
                ms(limits.modelConnectTimeoutMs()),
                ms(limits.sessionTimeoutMs()),
                ms(limits.goodbyeAnswerTimeoutMs()),
                ms(limits.cancelledGoodbyeTimeoutMs()),
                ms(limits.toolTimeoutMs()),
                TimeUnit.SECONDS.toNanos(limits.voicemailWindowS()));
    }

    private static long ms(int ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
