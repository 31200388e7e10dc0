package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponseStatus;
import java.util.EnumSet;

/** For which reasons a call may end by now, judged from what happened. */
final class Reasons {
    private static final long RESPONSE_STALL_NS = 10_000 * World.NS_PER_MS;
    private static final long TOLERANCE_NS = 60 * World.NS_PER_MS;

    /** A tool, a request, a response that falls silent, a recording: one after the other. */
    private static final long LONGEST_WAIT_NS = 40_000 * World.NS_PER_MS;

    private final World world;
    private final CallSettings.Times times;
    private final EnumSet<HangupReason> allowed = EnumSet.noneOf(HangupReason.class);
    private final long connectedNs;
    private long startedNs = Long.MAX_VALUE;
    private long activeNs;
    private boolean connected;
    private boolean confirmed;
    private boolean speaking;
    private int failures;

    Reasons(World world, CallSettings.Times times) {
        this.world = world;
        this.times = times;
        connectedNs = world.nowNs();
    }

    void allow(HangupReason reason) {
        allowed.add(reason);
    }

    void started() {
        startedNs = world.nowNs();
        activity();
    }

    void connected() {
        connected = true;
    }

    void confirmed() {
        confirmed = true;
    }

    /** Something that is no silence. */
    void activity() {
        activeNs = world.nowNs();
    }

    void speaks(boolean speaking) {
        if (speaking || this.speaking) {
            activity();
        }
        this.speaking = speaking;
    }

    /** An answering machine speaks: only in the beginning. */
    void voicemail() {
        if (world.nowNs() <= startedNs + times.voicemailWindowNs()) {
            allow(HangupReason.VOICEMAIL);
        }
    }

    void done(ResponseStatus status, boolean cancelled) {
        if (!cancelled) {
            activity();
        }
        if (status == ResponseStatus.FAILED) {
            failures++;
        } else if (status == ResponseStatus.FAILED_QUOTA) {
            allow(HangupReason.MODEL_QUOTA);
        }
    }

    void cancelled(Utterance utterance) {
        failures += isSilent(utterance) ? 1 : 0;
    }

    void modelFailed(EventType how) {
        allow(
                switch (how) {
                    case QUOTA_SPENT -> HangupReason.MODEL_QUOTA;
                    case SESSION_REFUSED -> HangupReason.MODEL_CONFIG_FAILED;
                    default -> HangupReason.MODEL_LOST;
                });
    }

    void ordered(Step.Act act) {
        allow(
                switch (act) {
                    case SHUTDOWN, SHUTDOWN_POLITELY -> HangupReason.SHUTDOWN;
                    case STREAM_REPLACED -> HangupReason.STREAM_REPLACED;
                    default -> HangupReason.OPERATOR;
                });
    }

    /** Whether so much time has passed that the reason may be given for that alone. */
    boolean isDue(HangupReason reason) {
        long now = world.nowNs();
        return switch (reason) {
            case MAX_DURATION -> now >= startedNs && now - startedNs >= times.maxDurationNs();
            case NO_START -> now - connectedNs >= times.startTimeoutNs();
            case MODEL_LOST -> now >= startedNs && now - startedNs >= times.modelConnectTimeoutNs();
            case MODEL_CONFIG_FAILED -> now >= startedNs && now - startedNs >= times.sessionTimeoutNs();
            case SILENCE_TIMEOUT -> !speaking && now - activeNs >= times.silenceTimeoutNs();
            default -> false;
        };
    }

    /** Whether it lasts longer than any call may, or is silent for longer than anything is waited for. */
    boolean isOverdue() {
        long now = world.nowNs() - world.lateNs();
        boolean tooLong = now - startedNs > times.maxDurationNs() + times.maxDurationGraceNs() + TOLERANCE_NS;
        boolean tooSilent = !speaking && now - activeNs > times.silenceTimeoutNs() + LONGEST_WAIT_NS;
        return now >= startedNs && (tooLong || tooSilent);
    }

    boolean isLawful(HangupReason reason, SimulatedCall call, boolean carrierMisbehaves) {
        boolean due = switch (reason) {
            case MODEL_LOST -> mayBeLost(call) || !connected && isDue(reason);
            case MODEL_CONFIG_FAILED -> world.lateNs() > 0 || !confirmed && isDue(reason);
            case PEER_ABUSE -> carrierMisbehaves;
            case MAX_DURATION, SILENCE_TIMEOUT, NO_START -> isDue(reason);
            default -> false;
        };
        return due || allowed.contains(reason);
    }

    /** A model that failed twice, or fell silent in a response, or was not there in time, is as good as lost. */
    boolean mayBeLost(SimulatedCall call) {
        int silent = 0;
        for (Utterance utterance : call.model.utterances) {
            silent += isSilent(utterance) ? 1 : 0;
        }
        return failures + silent >= 2 || world.lateNs() > 0;
    }

    private boolean isSilent(Utterance utterance) {
        boolean open = utterance.announced && utterance.status == ResponseStatus.IN_PROGRESS;
        return open && world.nowNs() - utterance.toldNs >= RESPONSE_STALL_NS;
    }
}
