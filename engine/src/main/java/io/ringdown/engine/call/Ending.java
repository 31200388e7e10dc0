package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.concurrent.TimeUnit;

/**
 * How a call ends: politely when a pending hangup has all its conditions, by a bound when it never gets them, or at once.
 * Every way goes through the latch, and the call is over only when the carrier says so.
 */
final class Ending {
    private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(1);

    /** After the carrier confirmed; then we close the stream ourselves. */
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);

    private final CallState call;
    private final PendingHangup pending;
    private final Downlink downlink;
    private boolean maxDurationPassed;
    private boolean executed;

    Ending(CallState call, PendingHangup pending, Downlink downlink) {
        this.call = call;
        this.pending = pending;
        this.downlink = downlink;
    }

    /** Ends the call without waiting for anything. */
    void now(HangupReason reason) {
        claim(reason, 0);
    }

    /** Says {@code clip} behind what is being said, and ends the call when the caller has heard it. */
    void afterClip(HangupReason reason, Clip clip) {
        if (call.isOver() || pending.isArmed() && pending.response().ordinal == 0) {
            return;
        }
        if (call.phase() == Phase.AWAITING_START) {
            now(reason);
            return;
        }
        pending.disarm();
        call.deadlines.clear(Deadline.SILENCE);
        for (Response response : call.responses.known()) {
            downlink.discard(response, DropReason.CANCELLED);
        }
        pending.arm(reason, downlink.queueClip(clip), Via.AUDIO_DONE);
    }

    /** The longest a call may last is over. A goodbye on its way may finish; all else is said goodbye to. */
    void onMaxDuration() {
        maxDurationPassed = true;
        call.due(Deadline.MAX_DURATION_GRACE, call.times.maxDurationGraceNs());
        if (!pending.isArmed()) {
            afterClip(HangupReason.MAX_DURATION, Clip.MAX_DURATION);
        } else if (call.deadlines.isDue(Deadline.HANGUP_WATCHDOG, call.nowNs)) {
            now(HangupReason.MAX_DURATION);
        }
    }

    /** The model is gone. A goodbye whose audio is all here still counts; otherwise we say goodbye ourselves (S36). */
    void onModelLost(HangupReason reason) {
        call.loseModel();
        Response bound = pending.response();
        if (bound != null && bound.isAudioDone() && !bound.isCancelled()) {
            bound.finished(ResponseStatus.COMPLETED);
            downlink.queueMissingMark(bound);
        } else {
            afterClip(reason, Clip.MODEL_LOST);
        }
    }

    /** After every event that may have changed a condition. */
    void review() {
        if (call.isOver()) {
            return;
        }
        if (maxDurationPassed && !pending.isArmed()) {
            afterClip(HangupReason.MAX_DURATION, Clip.MAX_DURATION);
        }
        if (!pending.isArmed()) {
            return;
        }
        if (pending.isSatisfied()) {
            hangUp(call.settings.drain() == DrainPolicy.PLAYBACK ? Drain.MARK : Drain.QUEUES, pending.via());
        } else {
            watch();
        }
    }

    /** What is waited for is bounded by what is known: the audio still to play, and a slack. Never a constant (S15). */
    private void watch() {
        long stallNs = call.isTxBusy() ? call.times.carrierStallNs() : 0;
        long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
        call.due(Deadline.HANGUP_WATCHDOG, playNs + Math.max(call.times.markSlackNs(), stallNs));
        if (!pending.lacksOnlyCompletion()) {
            call.deadlines.clear(Deadline.RESPONSE_DONE_WAIT);
        } else if (!call.deadlines.isSet(Deadline.RESPONSE_DONE_WAIT)) {
            call.due(Deadline.RESPONSE_DONE_WAIT, call.times.responseDoneWaitNs());
        }
    }

    /** A bounded wait of the pending hangup ran out. */
    void onWatchdog() {
        if (pending.isArmed() && !pending.response().isCancelled()) {
            hangUp(Drain.TIMEOUT, Via.WATCHDOG);
        }
    }

    /** The carrier takes nothing any more: a goodbye is as heard as it will be, and any other call is dead. */
    void onCarrierStall() {
        if (pending.isArmed()) {
            hangUp(Drain.TIMEOUT, Via.WATCHDOG);
        } else {
            now(HangupReason.PEER_ABUSE);
        }
    }

    private void hangUp(Drain drain, Via via) {
        HangupReason reason = pending.reason();
        Response response = pending.response();
        if (claim(reason, response.ordinal) && response.saidGoodbye()) {
            call.commands.politeHangup(via, response.id, drain);
        } else {
            call.commands.note("hanging up, drain=" + drain.logName(), reason.logName());
        }
    }

    private boolean claim(HangupReason reason, int response) {
        if (call.isOver()) {
            return false;
        }
        boolean ours = call.latch.claim(reason, response);
        boolean started = call.phase() != Phase.AWAITING_START;
        call.move(Phase.Step.HANGUP_CLAIMED);
        call.deadlines.clear();
        pending.disarm();
        call.commands.closeModel();
        if (ours && started && reason.endsPhoneCall()) {
            call.due(Deadline.HANGUP_SWEEP, SWEEP_NS);
            call.commands.hangUp(reason);
        }
        if (!started || !reason.endsPhoneCall() || reason == HangupReason.PEER_ABUSE) {
            call.commands.closeCarrier();
        }
        return ours;
    }

    void onSweep() {
        if (call.latch.state() == HangupLatch.State.CLAIMED) {
            call.due(Deadline.HANGUP_SWEEP, SWEEP_NS);
            call.commands.sweepHangup();
        }
    }

    /** The carrier ended the phone call, or says it was over: only its {@code stop} is missing. */
    void onConfirmed() {
        confirm();
        call.due(Deadline.CARRIER_CLOSE, STOP_TIMEOUT_NS);
    }

    /** The carrier's API failed for good: without our stream the call runs into its own hangup verb. */
    void onGaveUp() {
        call.commands.closeCarrier();
        call.due(Deadline.CARRIER_CLOSE, STOP_TIMEOUT_NS);
    }

    /** The stream is over: ours is too, whoever was first. */
    void onCarrierGone() {
        if (call.latch.close()) {
            call.commands.note("the carrier ended the call", null);
        } else {
            confirm();
        }
        call.move(Phase.Step.CARRIER_GONE);
        call.deadlines.clear();
        pending.disarm();
        call.responses.clear();
        call.commands.clear(DropReason.AFTER_END);
        call.commands.closeModel();
        call.commands.closeCarrier();
        call.commands.release();
    }

    private void confirm() {
        if (!executed) {
            executed = true;
            call.commands.hangupExecuted(call.latch.reason());
        }
    }
}
