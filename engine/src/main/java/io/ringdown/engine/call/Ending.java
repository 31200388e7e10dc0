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

    /** For all tries of the carrier's API, and the news of them; then we close the stream ourselves. */
    private static final long EXECUTION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private final CallState call;
    private final PendingHangup pending;
    private final Downlink downlink;
    private boolean closing;
    private boolean executed;

    /** What ends the call as soon as no goodbye is on its way, and what is said then. */
    private HangupReason insisted;

    private Clip insistedClip;
    private int watchedMoves;
    private int lateMoves = -1;

    /** What the pending hangup is bound to, whether the model is done with it, and when that or the binding happened. */
    private Response bound;

    private boolean boundDone;
    private long neededNs;
    private PoliteEnd polite;

    Ending(CallState call, PendingHangup pending, Downlink downlink) {
        this.call = call;
        this.pending = pending;
        this.downlink = downlink;
    }

    /** Ends the call without waiting for anything. */
    void now(HangupReason reason) {
        if (!call.isOver()) {
            claim(reason, 0);
        }
    }

    /** Says {@code clip} and ends the call when the caller has heard it, unless a goodbye is on its way already. */
    void afterClip(HangupReason reason, Clip clip) {
        if (call.isOver() || pending.isArmed()) {
            return;
        }
        if (call.phase() == Phase.AWAITING_START) {
            now(reason);
            return;
        }
        for (Response response : call.responses.known()) {
            downlink.discard(response, DropReason.CANCELLED);
        }
        pending.arm(reason, downlink.queueClip(clip), Via.AUDIO_DONE);
    }

    /** Ends the call whatever the caller says: a goodbye on its way may finish, all else is cut short by {@code clip}. */
    void insist(HangupReason reason, Clip clip) {
        if (insisted == null || reason.compareTo(insisted) < 0) {
            insisted = reason;
            insistedClip = clip;
        }
        afterClip(insisted, insistedClip);
    }

    /** The longest a call may last is over. */
    void onMaxDuration() {
        call.due(Deadline.MAX_DURATION_GRACE, call.times.maxDurationGraceNs());
        if (pending.isArmed() && isWatchdogDue()) {
            now(HangupReason.MAX_DURATION);
        } else {
            insist(HangupReason.MAX_DURATION, Clip.MAX_DURATION);
        }
    }

    private boolean isWatchdogDue() {
        return call.deadlines.isDue(Deadline.HANGUP_WATCHDOG, call.nowNs)
                || call.deadlines.isDue(Deadline.RESPONSE_DONE_WAIT, call.nowNs);
    }

    /** The model is gone. A goodbye whose audio is all here still counts; otherwise we say goodbye ourselves (S36). */
    void onModelLost(HangupReason reason, String cause) {
        call.commands.note(reason.logName(), call.stage() + ", " + cause);
        call.loseModel();
        Response bound = pending.response();
        if (bound != null && bound.isAudioDone() && !bound.isCancelled()) {
            bound.finished(ResponseStatus.COMPLETED);
            downlink.queueMissingMark(bound);
        } else {
            pending.disarm();
        }
        for (Response response : call.responses.known()) {
            response.finished(ResponseStatus.FAILED);
        }
        call.deadlines.clear(Deadline.MODEL_CONNECT);
        call.deadlines.clear(Deadline.SESSION);
        call.cue(Turn.Cue.RESPONSE_DONE);
        insist(reason, Clip.MODEL_LOST);
        call.commands.closeModel();
    }

    /** After every event that may have changed a condition. */
    void review() {
        if (insisted != null) {
            afterClip(insisted, insistedClip);
        }
        if (!pending.isArmed()) {
            return;
        }
        noteNeeded();
        if (pending.isSatisfied()) {
            hangUp(call.settings.drain() == DrainPolicy.PLAYBACK ? Drain.MARK : Drain.QUEUES, pending.via());
        } else {
            watch();
        }
    }

    /** The last event of the model that the hangup needs: dead air counts from it. */
    private void noteNeeded() {
        boolean done = pending.response().isFinished();
        if (bound != pending.response() || boundDone != done) {
            bound = pending.response();
            boundDone = done;
            neededNs = call.nowNs;
        }
    }

    /** What is waited for is bounded by what is known: the audio still to play, and a slack. Never a constant (S15). */
    private void watch() {
        boolean unwatched = !call.deadlines.isSet(Deadline.HANGUP_WATCHDOG);
        if (pending.response().hasBegun() && (unwatched || watchedMoves != call.playout.moves())) {
            watchedMoves = call.playout.moves();
            long stallNs = call.isTxBusy() ? call.times.carrierStallNs() : 0;
            long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
            call.due(Deadline.HANGUP_WATCHDOG, playNs + Math.max(call.times.markSlackNs(), stallNs));
        }
        if (!pending.lacksOnlyCompletion()) {
            call.deadlines.clear(Deadline.RESPONSE_DONE_WAIT);
        } else if (!call.deadlines.isSet(Deadline.RESPONSE_DONE_WAIT)) {
            call.due(Deadline.RESPONSE_DONE_WAIT, call.times.responseDoneWaitNs());
        }
    }

    /** A bounded wait of the pending hangup ran out. */
    void onWatchdog() {
        if (pending.isArmed() && !isLaneLate()) {
            hangUp(Drain.TIMEOUT, Via.WATCHDOG);
        }
    }

    /**
     * The goodbye still waits although the carrier would take it: the lane was late, and not the carrier. What is waited for
     * is yet to be sent, in this turn; if it is not, there is no second time.
     */
    private boolean isLaneLate() {
        boolean late = !pending.response().isOutEmpty() && !call.isTxBusy() && lateMoves != call.playout.moves();
        lateMoves = call.playout.moves();
        if (late) {
            long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
            call.due(Deadline.HANGUP_WATCHDOG, playNs + call.times.markSlackNs());
        }
        return late;
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
        PoliteEnd end = politeEnd(drain, response); // the claim forgets what it is known from
        call.history.goodbye(pending, via, end);
        boolean ours = claim(reason, response.ordinal);
        polite = ours ? end : null;
        if (ours && response.saidGoodbye()) {
            call.commands.politeHangup(via, response.id, drain);
        } else {
            call.commands.note("hanging up, drain=" + drain.logName(), reason.logName());
        }
    }

    private PoliteEnd politeEnd(Drain drain, Response response) {
        long unheardBytes = response.isPlayed(call.playout) ? 0 : call.playout.remainingBytes(call.nowNs);
        long heardNs = unheardBytes > 0 ? call.nowNs : call.playout.allHeardNs(call.nowNs);
        return new PoliteEnd(drain, call.nowNs - Math.max(neededNs, heardNs), unheardBytes);
    }

    /** Of a hangup that had something to wait for, from its claim on; null of any other. */
    PoliteEnd politeEnd() {
        return polite;
    }

    private boolean claim(HangupReason reason, int response) {
        call.history.goodbye(pending, pending.via(), null);
        call.history.claimed();
        boolean ours = call.answers.claim(reason, response);
        boolean phoneCall = call.isStarted() && call.answers.claimedReason().endsPhoneCall();
        call.move(Phase.Step.HANGUP_CLAIMED);
        call.deadlines.clear();
        pending.disarm();
        call.commands.closeModel();
        if (phoneCall) {
            call.due(Deadline.HANGUP_SWEEP, SWEEP_NS);
            call.due(Deadline.CARRIER_CLOSE, EXECUTION_TIMEOUT_NS);
            // also if another thread claimed it: of two commands only one can be executed
            call.commands.hangUp(call.answers.claimedReason());
        }
        if (!phoneCall || reason == HangupReason.PEER_ABUSE) {
            closeCarrier();
        }
        return ours;
    }

    void onSweep() {
        if (call.answers.latchState() == HangupLatch.State.CLAIMED) {
            call.due(Deadline.HANGUP_SWEEP, SWEEP_NS);
            call.commands.sweepHangup();
        }
    }

    /** The carrier ended the phone call, or says it was over: only its {@code stop} is missing. */
    void onConfirmed() {
        now(call.answers.claimedReason());
        confirm();
        call.due(Deadline.CARRIER_CLOSE, STOP_TIMEOUT_NS);
    }

    /** The carrier's API failed for good: without our stream the call runs into its own hangup verb. */
    void onGaveUp() {
        now(call.answers.claimedReason());
        closeCarrier();
    }

    private void closeCarrier() {
        closing = true;
        call.commands.closeCarrier();
        call.due(Deadline.CARRIER_CLOSE, STOP_TIMEOUT_NS);
    }

    /** A stream that is closed and does not say so is over all the same. */
    void onCloseTimeout() {
        if (closing) {
            onCarrierGone();
        } else {
            closeCarrier();
        }
    }

    /** The stream is over: ours is too, whoever was first. */
    void onCarrierGone() {
        call.history.goodbye(pending, pending.via(), null);
        if (call.answers.close()) {
            call.commands.note("the carrier ended the call", null);
        } else {
            confirm();
        }
        call.move(Phase.Step.CARRIER_GONE);
        call.deadlines.clear();
        pending.disarm();
        call.commands.clear(DropReason.AFTER_END);
        call.commands.closeModel();
        call.commands.closeCarrier();
        call.commands.release();
    }

    private void confirm() {
        HangupReason reason = call.answers.claimedReason();
        if (!executed && call.isStarted() && reason.endsPhoneCall()) {
            executed = true;
            call.commands.hangupExecuted(reason);
        }
    }
}
