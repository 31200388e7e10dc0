package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.concurrent.TimeUnit;

/**
 * The caller's audio on its way to the model. It is never gated: not while a goodbye plays, not while the model speaks.
 *
 * <p>The model must hear silence to notice that the caller stopped, but the carrier may simply send nothing. So gaps are
 * filled: what its timestamps skip, and what stays out while the caller is speaking (Twilio Media Streams).
 */
final class Uplink {
    /** Longer gaps tell nothing more. */
    private static final long MAX_GAP_MS = 10_000;

    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(750);
    private static final int QUIET_PAD_MS = 1_000;

    /** A lane that looks later than this stood still, often with its machine: what was sent meanwhile may yet come. */
    private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Audio may come late and then all at once: its timestamps then run ahead of the time that passed. */
    private static final long JITTER_MS = 1_000;

    private final CallState call;
    private long nextTimestampMs = -1;
    private long lastAudioNs;
    private long paddedMs; // since the last audio
    private boolean graced; // since the last audio
    private long firstAudioNs;
    private long allPaddedMs;

    Uplink(CallState call) {
        this.call = call;
    }

    void onAudio(CallEvent event) {
        if (call.isOver()) {
            call.commands.dropAudio(DropReason.AFTER_END);
            return;
        }
        if (call.isModelLost()) {
            call.commands.dropAudio(DropReason.NO_SESSION);
            return;
        }
        if (nextTimestampMs < 0) {
            firstAudioNs = call.nowNs;
        }
        fillGap(event.timestampMs());
        nextTimestampMs = event.timestampMs() + event.bytes() / MuLaw.BYTES_PER_MS;
        lastAudioNs = call.nowNs;
        paddedMs = 0;
        graced = false;
        call.commands.forwardCallerAudio();
    }

    private void fillGap(long timestampMs) {
        if (nextTimestampMs < 0 || !call.isTalking()) {
            return;
        }
        long gapMs = Math.min(timestampMs - nextTimestampMs, MAX_GAP_MS) - paddedMs;
        pad(gapMs);
    }

    /** Never more silence than there was time for: a carrier whose timestamps leap would fill the model's socket with it. */
    private void pad(long gapMs) {
        long passedMs = TimeUnit.NANOSECONDS.toMillis(call.nowNs - firstAudioNs) + JITTER_MS;
        long padMs = Math.min(gapMs, passedMs - allPaddedMs); // far below 0 when timestamps leap back
        if (padMs > 0) {
            allPaddedMs += padMs;
            call.commands.padCallerAudio((int) padMs * MuLaw.BYTES_PER_MS);
        }
    }

    /** The caller began to speak, or stopped: only speech makes a pause worth filling. */
    void onSpeech(boolean speaking) {
        if (speaking && !call.isOver()) {
            call.deadlines.set(Deadline.MEDIA_GAP, Math.max(call.nowNs, lastAudioNs + QUIET_NS));
        } else {
            call.deadlines.clear(Deadline.MEDIA_GAP);
        }
    }

    void onQuiet() {
        long quietSinceNs = call.nowNs - lastAudioNs;
        if (quietSinceNs < QUIET_NS) {
            call.due(Deadline.MEDIA_GAP, QUIET_NS - quietSinceNs);
            return;
        }
        call.due(Deadline.MEDIA_GAP, QUIET_NS);
        if (paddedMs > 0 || !call.isTalking() || call.isModelLost()) {
            return;
        }
        if (!graced && quietSinceNs > QUIET_NS + LATE_NS) {
            graced = true;
            call.due(Deadline.MEDIA_GAP, GRACE_NS);
            return;
        }
        paddedMs = QUIET_PAD_MS;
        pad(QUIET_PAD_MS);
    }
}
