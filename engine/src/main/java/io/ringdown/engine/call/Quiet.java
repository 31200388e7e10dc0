package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;

/** When nobody is heard any more: the end of playout, and true silence after it. */
final class Quiet {
    private final CallState call;
    private final PendingHangup pending;
    private final ResponseGate gate;
    private final Tools tools;
    private int watchedMoves;

    Quiet(CallState call, PendingHangup pending, ResponseGate gate, Tools tools) {
        this.call = call;
        this.pending = pending;
        this.gate = gate;
        this.tools = tools;
    }

    void review() {
        reviewPlayout();
        reviewSilence();
    }

    /** The turn is the caller's again when what was generated has been heard: the last mark says so, or a bounded wait. */
    private void reviewPlayout() {
        if (call.turn() != Turn.PLAYING_OUT) {
            call.deadlines.clear(Deadline.PLAYOUT_END);
        } else if (!call.isAudible() && call.playout.isConfirmed()) {
            call.deadlines.clear(Deadline.PLAYOUT_END);
            call.cue(Turn.Cue.PLAYED_OUT);
        } else if (!call.deadlines.isSet(Deadline.PLAYOUT_END) || watchedMoves != call.playout.moves()) {
            watchedMoves = call.playout.moves();
            long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
            call.due(Deadline.PLAYOUT_END, playNs + call.times.markSlackNs());
        }
    }

    /** By the clock all was heard, though no echo says so; unless the lane was late, and something still waits. */
    void onPlayoutEnd() {
        if (!call.isAudible()) {
            call.cue(Turn.Cue.PLAYED_OUT);
        }
    }

    /** True silence: nobody speaks, nothing sounds, nothing is awaited (S31, S32). */
    private void reviewSilence() {
        boolean silent = call.isTalking()
                && call.turn() == Turn.LISTENING
                && !call.isCallerSpeaking()
                && !pending.isArmed()
                && !tools.isPending()
                && !gate.isWaiting();
        if (!silent) {
            call.deadlines.clear(Deadline.SILENCE);
        } else if (!call.deadlines.isSet(Deadline.SILENCE)) {
            call.due(Deadline.SILENCE, call.times.silenceTimeoutNs());
        }
    }
}
