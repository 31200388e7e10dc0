package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.EnumMap;
import java.util.Map;

/** What the calls of these tests are like, and what is said in them. */
final class CallScript {
    static final String BYE = "תודה רבה, יום טוב, ביי.";
    static final String SMALL_TALK = "הפגישה נקבעה ליום שלישי בעשר.";
    static final int CLIP_MS = 1_000;

    private static final String AGENT = "default";
    private static final int MAX_TOOL_CALLS = CallSettings.DEFAULT_MAX_TOOL_CALLS;

    private static final GoodbyeMatcher GOODBYES = new GoodbyeMatcher(GoodbyePhrases.defaults());
    private static final VoicemailMatcher VOICEMAIL = new VoicemailMatcher(VoicemailMatcher.defaultPhrases());

    private CallScript() {}

    static CallSettings settings() {
        return settings(DrainPolicy.PLAYBACK, false);
    }

    static CallSettings settings(DrainPolicy drain, boolean greeting) {
        return new CallSettings(
                AGENT,
                drain,
                greeting,
                true,
                GOODBYES,
                VOICEMAIL,
                clips(),
                MAX_TOOL_CALLS,
                CallSettings.Times.defaults());
    }

    static CallSettings withoutClips() {
        return new CallSettings(
                AGENT,
                DrainPolicy.PLAYBACK,
                false,
                true,
                GOODBYES,
                VOICEMAIL,
                Map.of(),
                MAX_TOOL_CALLS,
                CallSettings.Times.defaults());
    }

    static CallSettings unprotectedGreeting() {
        return new CallSettings(
                AGENT,
                DrainPolicy.PLAYBACK,
                true,
                false,
                GOODBYES,
                VOICEMAIL,
                clips(),
                MAX_TOOL_CALLS,
                CallSettings.Times.defaults());
    }

    static CallSettings withMaxDurationMs(long ms) {
        CallSettings.Times times = CallSettings.Times.defaults();
        CallSettings.Times shorter = new CallSettings.Times(
                times.leadNs(),
                times.markSlackNs(),
                times.responseDoneWaitNs(),
                times.carrierStallNs(),
                ms * VirtualCall.NS_PER_MS,
                times.maxDurationGraceNs(),
                times.silenceTimeoutNs(),
                times.startTimeoutNs(),
                times.modelConnectTimeoutNs(),
                times.sessionTimeoutNs(),
                times.goodbyeAnswerTimeoutNs(),
                times.cancelledGoodbyeTimeoutNs(),
                times.toolTimeoutNs(),
                times.voicemailWindowNs());
        return new CallSettings(
                AGENT, DrainPolicy.PLAYBACK, false, true, GOODBYES, VOICEMAIL, clips(), MAX_TOOL_CALLS, shorter);
    }

    static CallSettings withMaxToolCalls(int calls) {
        CallSettings.Times times = CallSettings.Times.defaults();
        return new CallSettings(AGENT, DrainPolicy.PLAYBACK, false, true, GOODBYES, VOICEMAIL, clips(), calls, times);
    }

    private static Map<Clip, byte[]> clips() {
        Map<Clip, byte[]> clips = new EnumMap<>(Clip.class);
        for (Clip clip : Clip.values()) {
            clips.put(clip, new byte[CLIP_MS * MuLaw.BYTES_PER_MS]);
        }
        return clips;
    }
}
