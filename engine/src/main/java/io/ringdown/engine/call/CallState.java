package io.ringdown.engine.call;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the parts of one call machine share. One thread at a time. */
final class CallState {
    final CallCommands commands;
    final CallAnswers answers;
    final Deadlines deadlines = new Deadlines();
    final Playout playout = new Playout();
    final Responses responses = new Responses();
    final CallHistory history;

    CallSettings settings;
    CallSettings.Times times;

    /** The clock at the event being handled. */
    long nowNs;

    private Phase phase = Phase.AWAITING_START;
    private long phaseNs;
    private boolean started;
    private Turn turn = Turn.LISTENING;
    private boolean modelLost;
    private boolean callerSpeaking;
    private boolean txBusy;

    CallState(CallSettings settings, CallAnswers answers, CallCommands commands, long nowNs) {
        configure(settings);
        this.answers = answers;
        this.commands = commands;
        this.nowNs = nowNs;
        history = new CallHistory(this, nowNs);
    }

    private void configure(CallSettings settings) {
        this.settings = settings;
        times = settings.times();
    }

    /** The call begins, as what {@code settings} say; null: as what it was opened with. False if it had begun. */
    boolean start(CallSettings settings) {
        boolean begins = move(Phase.Step.STARTED);
        if (begins && settings != null) {
            configure(settings);
        }
        return begins;
    }

    Phase phase() {
        return phase;
    }

    /** Moves the call on. False if it already was there, so that effects happen once. */
    boolean move(Phase.Step step) {
        Phase before = phase;
        phase = before.after(step);
        started |= phase == Phase.CONNECTING;
        if (phase == before) {
            return false;
        }
        phaseNs = nowNs;
        return true;
    }

    /** How far the call has come and for how long, for people. */
    String stage() {
        return phase.name().toLowerCase(Locale.ROOT) + " for " + TimeUnit.NANOSECONDS.toMillis(nowNs - phaseNs) + " ms";
    }

    /** Whether there is a phone call to end: before {@code start} there is only a stream. */
    boolean isStarted() {
        return started;
    }

    boolean isTalking() {
        return phase == Phase.TALKING;
    }

    /** Whether the end is decided: claimed by us, or the carrier is gone. */
    boolean isOver() {
        return phase == Phase.ENDING || phase == Phase.CLOSED;
    }

    Turn turn() {
        return turn;
    }

    void cue(Turn.Cue cue) {
        turn = turn.after(cue);
    }

    boolean isModelLost() {
        return modelLost;
    }

    void loseModel() {
        modelLost = true;
    }

    boolean isCallerSpeaking() {
        return callerSpeaking;
    }

    void callerSpeaks(boolean speaking) {
        callerSpeaking = speaking;
    }

    /** Whether something written to the carrier may still be in our own socket. */
    boolean isTxBusy() {
        return txBusy;
    }

    void txBusy(boolean busy) {
        txBusy = busy;
    }

    /** Whether the caller hears something, or will from what waits. */
    boolean isAudible() {
        return !playout.isIdle(nowNs);
    }

    void due(Deadline deadline, long waitNs) {
        deadlines.set(deadline, nowNs + waitNs);
    }
}
