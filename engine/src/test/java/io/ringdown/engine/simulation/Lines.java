package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is said, and what the calls are like in which it is said. */
final class Lines {
    static final String GOODBYE = "Goodbye.";
    static final String SMALL_TALK = "It is set.";
    static final String[] CALLER = {"what time?", "bye", "ok", "", null, "Please leave a message after the tone."};
    static final int CALLER_GOODBYE = 1;
    static final int VOICEMAIL = 5;
    static final int CLIP_BYTES = 900;

    /** The voice of our own recordings; responses count from 1. */
    static final int CLIP_VOICE = 0;

    static final int CALLER_VOICE = 4_000;

    /** Bounds on waiting: the defaults, but that some calls may last only 30 s, with a grace of 5 s. */
    static final CallSettings.Times TIMES = CallSettings.Times.defaults();

    static final CallSettings.Times SHORT = withMaxDuration(30, 5);

    private static final GoodbyeMatcher GOODBYES = new GoodbyeMatcher(GoodbyePhrases.defaults());
    private static final VoicemailMatcher MACHINES = new VoicemailMatcher(VoicemailMatcher.defaultPhrases());
    private static final Map<Clip, byte[]> CLIPS = new EnumMap<>(Clip.class);

    static {
        for (Clip clip : Clip.values()) {
            CLIPS.put(clip, Spoken.muLaw(CLIP_VOICE, CLIP_BYTES));
        }
    }

    /** What calls are like: every mixture, with one in eight that looks no further than its queues. */
    static final CallSettings[] SETTINGS = new CallSettings[16];

    static {
        for (int i = 0; i < SETTINGS.length; i++) {
            DrainPolicy drain = (i & 3) == 3 && (i & 4) == 0 ? DrainPolicy.QUEUES : DrainPolicy.PLAYBACK;
            SETTINGS[i] = settings(drain, (i & 3) == 1, (i & 4) != 0, (i & 8) != 0);
        }
    }

    private Lines() {}

    private static CallSettings settings(DrainPolicy drain, boolean greeting, boolean clips, boolean brief) {
        return new CallSettings(
                "default",
                drain,
                greeting,
                true,
                GOODBYES,
                MACHINES,
                clips ? CLIPS : Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                brief ? SHORT : TIMES);
    }

    private static CallSettings.Times withMaxDuration(int seconds, int graceSeconds) {
        return new CallSettings.Times(
                TIMES.leadNs(),
                TIMES.markSlackNs(),
                TIMES.responseDoneWaitNs(),
                TIMES.carrierStallNs(),
                TimeUnit.SECONDS.toNanos(seconds),
                TimeUnit.SECONDS.toNanos(graceSeconds),
                TIMES.silenceTimeoutNs(),
                TIMES.startTimeoutNs(),
                TIMES.modelConnectTimeoutNs(),
                TIMES.sessionTimeoutNs(),
                TIMES.goodbyeAnswerTimeoutNs(),
                TIMES.cancelledGoodbyeTimeoutNs(),
                TIMES.toolTimeoutNs(),
                TIMES.voicemailWindowNs());
    }
}
