package io.ringdown.engine.call;

import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a call is to be like, fixed when it begins.
 *
 * @param agent the name of whoever answers, for logs and records
 * @param drain how far a polite hangup looks
 * @param greeting whether the model speaks first
 * @param greetingProtection whether a goodbye in the greeting is ignored (S29)
 * @param goodbyes what counts as a goodbye
 * @param voicemail what counts as an answering machine
 * @param clips recordings of ours, as headerless μ-law; what is missing is not said
 * @param maxToolCalls how many tool calls are answered as tools; a model that calls on is told to stop
 * @param times every bound on waiting
 */
public record CallSettings(
        String agent,
        DrainPolicy drain,
        boolean greeting,
        boolean greetingProtection,
        GoodbyeMatcher goodbyes,
        VoicemailMatcher voicemail,
        Map<Clip, byte[]> clips,
        int maxToolCalls,
        Times times) {

    /** What {@link #maxToolCalls} is when nobody says anything. */
    public static final int DEFAULT_MAX_TOOL_CALLS = 16;

    /** Every bound on waiting, in ns. */
    public record Times(
            long leadNs,
            long markSlackNs,
            long responseDoneWaitNs,
            long carrierStallNs,
            long maxDurationNs,
            long maxDurationGraceNs,
            long silenceTimeoutNs,
            long startTimeoutNs,
            long modelConnectTimeoutNs,
            long sessionTimeoutNs,
            long goodbyeAnswerTimeoutNs,
            long cancelledGoodbyeTimeoutNs,
            long toolTimeoutNs,
            long voicemailWindowNs) {

        public static Times defaults() {
            return new Times(
                    ms(400),
                    ms(1_000),
                    ms(500),
                    ms(5_000),
                    ms(600_000),
                    ms(20_000),
                    ms(20_000),
                    ms(5_000),
                    ms(5_000),
                    ms(3_000),
                    ms(10_000),
                    ms(5_000),
                    ms(10_000),
                    ms(20_000));
        }

        private static long ms(long ms) {
            return TimeUnit.MILLISECONDS.toNanos(ms);
        }
    }
}
