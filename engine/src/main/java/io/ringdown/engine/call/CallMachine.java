package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.concurrent.TimeUnit;

/**
 * A call: {@code (event, nowNs) → commands}, deterministic, without clock, I/O or threads. Whoever calls it is its single
 * writer; the lane does. It names what is to be done through {@link CallCommands} and never calls back.
 *
 * <p>The life of a call is {@link Phase}, whose voice is heard is {@link Turn}; {@link Downlink}, {@link Uplink},
 * {@link BargeIn}, {@link Goodbyes} and {@link Ending} each own one part of what an event means.
 */
public final class CallMachine {
    /** A response that falls silent for so long is given up: the model has failed it. */
    private static final long RESPONSE_STALL_NS = TimeUnit.SECONDS.toNanos(10);

    private static final Deadline[] DEADLINES = Deadline.values();

    private final CallState call;
    private final Downlink downlink;
    private final Uplink uplink;
    private final PendingHangup pending;
    private final ResponseGate gate;
    private final Goodbyes goodbyes;
    private final Tools tools;
    private final BargeIn bargeIn;
    private final Ending ending;
    private boolean retried;
    private long startedNs;

    /**
     * A call whose carrier has connected and not yet sent its {@code start}.
     *
     * @param latch the call's own, open; shared with the threads that execute hangups
     * @param commands carries out what the machine wants
     */
    public CallMachine(CallSettings settings, HangupLatch latch, CallCommands commands, long nowNs) {
        call = new CallState(settings, latch, commands);
        call.nowNs = nowNs;
        downlink = new Downlink(call);
        uplink = new Uplink(call);
        pending = new PendingHangup(call);
        gate = new ResponseGate(call);
        goodbyes = new Goodbyes(call, pending, downlink, gate);
        tools = new Tools(call, goodbyes, gate);
        bargeIn = new BargeIn(call, downlink);
        ending = new Ending(call, pending, downlink);
        call.due(Deadline.START, call.times.startTimeoutNs());
    }

    /** Handles one event. An event's frame, if it has one, is disposed of by exactly one command. */
    public void on(CallEvent event, long nowNs) {
        call.nowNs = nowNs;
        if (event.type() == EventType.CALLER_AUDIO) {
            uplink.onAudio(event);
            return;
        }
        if (call.phase() == Phase.CLOSED) {
            if (event.type() == EventType.AUDIO_DELTA) {
                call.commands.dropAudio(DropReason.AFTER_END);
            }
            return;
        }
        dispatch(event);
        ending.review();
        reviewPlayout();
        reviewSilence();
    }

    private void dispatch(CallEvent event) {
        switch (event.type()) {
            case CALL_STARTED -> onStarted();
            case START_REFUSED -> onStartRefused();
            case MARK_ECHOED -> call.playout.echoed(event.generation(), event.mark(), call.nowNs);
            case DIGIT_PRESSED -> call.commands.note("digit pressed", null);
            case CARRIER_STOPPED, CARRIER_LOST -> ending.onCarrierGone();
            case PEER_ABUSED -> ending.now(HangupReason.PEER_ABUSE);
            case MODEL_CONNECTED -> onModelConnected();
            case SESSION_CONFIRMED -> onSessionConfirmed();
            case SESSION_REFUSED -> onModelFailed(event, HangupReason.MODEL_CONFIG_FAILED);
            case MODEL_LOST -> onModelFailed(event, HangupReason.MODEL_LOST);
            case QUOTA_SPENT -> onModelFailed(event, HangupReason.MODEL_QUOTA);
            case SPEECH_STARTED -> onSpeechStarted();
            case SPEECH_STOPPED -> onSpeechStopped();
            case CALLER_TRANSCRIBED -> onCallerTranscribed(event);
            case RESPONSE_CREATED -> onResponseCreated(event);
            case RESPONSE_COLLIDED -> gate.onCollided();
            case AUDIO_DELTA, AUDIO_REFUSED, AUDIO_DONE, TRANSCRIPT_DONE, TOOL_CALLED, RESPONSE_DONE ->
                onResponseEvent(event, call.responses.find(event.responseId()));
            case OUT_OVERRUN -> onAudioRefused(event, call.responses.find(event.response()));
            case AUDIO_STAGED -> downlink.onStaged(event);
            case AUDIO_SENT -> downlink.onSent(event);
            case MARK_SENT -> downlink.onMarkSent(event);
            case TX_BLOCKED, TX_PROGRESSED, TX_DRAINED -> downlink.onTx(event.type());
            case DEADLINE_PASSED -> onDeadlines();
            case STREAM_REPLACED -> ending.now(HangupReason.STREAM_REPLACED);
            case OPERATOR_HUNG_UP -> onOperator(event.polite());
            case SHUT_DOWN -> ending.now(HangupReason.SHUTDOWN);
            case HANGUP_CONFIRMED -> ending.onConfirmed();
            case HANGUP_GAVE_UP -> ending.onGaveUp();
            default -> throw new IllegalArgumentException("no such event for a call: " + event);
        }
    }

    // the life of the call

    private void onStarted() {
        if (call.move(Phase.Step.STARTED)) {
            startedNs = call.nowNs;
            call.deadlines.clear(Deadline.START);
            call.due(Deadline.MODEL_CONNECT, call.times.modelConnectTimeoutNs());
            call.due(Deadline.MAX_DURATION, call.times.maxDurationNs());
            call.commands.connectModel();
        }
    }

    /** Whoever that was, it is not the call it says: nothing of it may reach the carrier's API (S58). */
    private void onStartRefused() {
        if (call.phase() == Phase.AWAITING_START) {
            ending.onCarrierGone();
        }
    }

    private void onModelConnected() {
        if (call.move(Phase.Step.MODEL_CONNECTED)) {
            call.deadlines.clear(Deadline.MODEL_CONNECT);
            call.due(Deadline.SESSION, call.times.sessionTimeoutNs());
            call.commands.configureSession();
        }
    }

    private void onSessionConfirmed() {
        if (!call.isModelLost() && call.move(Phase.Step.SESSION_CONFIRMED)) {
            call.deadlines.clear(Deadline.SESSION);
            call.commands.openUplink();
            if (call.settings.greeting()) {
                gate.want(ResponsePurpose.GREETING);
            }
        }
    }

    private void onModelFailed(CallEvent event, HangupReason reason) {
        if (!call.isModelLost() && !call.isOver()) {
            call.commands.note(reason.logName(), event.text());
            failModel(reason);
        }
    }

    private void failModel(HangupReason reason) {
        call.deadlines.clear(Deadline.MODEL_CONNECT);
        call.deadlines.clear(Deadline.SESSION);
        ending.onModelLost(reason);
        call.commands.closeModel();
    }

    private void onOperator(boolean polite) {
        if (polite) {
            ending.afterClip(HangupReason.OPERATOR, Clip.GOODBYE);
        } else {
            ending.now(HangupReason.OPERATOR);
        }
    }

    // the caller

    private void onSpeechStarted() {
        call.callerSpeaks(true);
        uplink.onSpeech(true);
        if (call.isOver() || pending.isArmed() && !pending.reason().yieldsToCaller()) {
            return;
        }
        gate.yield();
        goodbyes.onCallerSpeech();
        bargeIn.onSpeech();
    }

    private void onSpeechStopped() {
        call.callerSpeaks(false);
        uplink.onSpeech(false);
        gate.next();
    }

    private void onCallerTranscribed(CallEvent event) {
        String words = event.text();
        if (call.isOver()) {
            return;
        }
        if (words != null
                && call.nowNs - startedNs <= call.times.voicemailWindowNs()
                && call.settings.voicemail().isVoicemail(words)) {
            ending.now(HangupReason.VOICEMAIL);
            return;
        }
        goodbyes.onCallerWords(words);
    }

    // the model

    private void onResponseCreated(CallEvent event) {
        if (call.isOver() || call.responses.find(event.responseId()) != null) {
            return;
        }
        boolean unwanted = gate.onCreated(event.purpose()) || pending.isArmed() && pending.response().ordinal == 0;
        Response response = call.responses.created(
                event.responseId(), event.purpose(), call.playout.generation(), pending.response());
        tools.settled();
        call.cue(Turn.Cue.RESPONSE_CREATED);
        call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS);
        if (unwanted) {
            downlink.discard(response, DropReason.CANCELLED);
        } else {
            goodbyes.onCreated(response);
        }
    }

    private void onResponseEvent(CallEvent event, Response response) {
        if (event.type() == EventType.AUDIO_DELTA) {
            downlink.onDelta(event, response);
        }
        if (response == null || call.isOver()) {
            return;
        }
        if (!response.isFinished()) {
            call.due(Deadline.RESPONSE_STALL, RESPONSE_STALL_NS);
        }
        switch (event.type()) {
            case AUDIO_REFUSED -> onAudioRefused(event, response);
            case AUDIO_DONE -> downlink.onAudioDone(event, response);
            case TRANSCRIPT_DONE -> goodbyes.onTranscript(event, response);
            case TOOL_CALLED -> tools.onCall(event, response);
            case RESPONSE_DONE -> onResponseDone(response, event.status());
            default -> {}
        }
        if (event.type() != EventType.AUDIO_DELTA && !call.isOver()) {
            tellUnmet(response);
        }
    }

    private void tellUnmet(Response response) {
        if (!pending.isSatisfied()) {
            call.commands.conditionsNotMet(pending.isArmed() ? pending.via() : Via.AUDIO_DONE, pending.unmet(response));
        }
    }

    /** There is no room for its audio: it cannot be spoken whole, so it is not spoken on. */
    private void onAudioRefused(CallEvent event, Response response) {
        if (response != null && !response.isDiscarded()) {
            call.commands.note("response cancelled: " + event.dropReason().sentence(), response.id);
            downlink.discard(response, event.dropReason());
            if (pending.isBoundTo(response)) {
                pending.disarm();
                gate.want(ResponsePurpose.RESUME);
            }
        }
    }

    private void onResponseDone(Response response, ResponseStatus status) {
        if (response.isFinished()) {
            return;
        }
        response.finished(status);
        if (call.responses.active() == null) {
            call.deadlines.clear(Deadline.RESPONSE_STALL);
            call.cue(Turn.Cue.RESPONSE_DONE);
        }
        downlink.queueEndMark(response);
        goodbyes.onDone(response);
        onFailure(response);
        gate.next();
    }

    /** A server's error is worth one more try, an empty account is not (C.51). */
    private void onFailure(Response response) {
        if (response.status() == ResponseStatus.FAILED_QUOTA) {
            failModel(HangupReason.MODEL_QUOTA);
        } else if (response.status() == ResponseStatus.FAILED && !response.isDiscarded()) {
            if (retried) {
                failModel(HangupReason.MODEL_LOST);
            } else {
                gate.want(response.purpose == ResponsePurpose.TURN ? ResponsePurpose.RESUME : response.purpose);
            }
            retried = true;
        } else if (response.status() == ResponseStatus.COMPLETED) {
            retried = false;
        }
    }

    // time

    private void onDeadlines() {
        for (Deadline deadline : DEADLINES) {
            if (call.deadlines.isDue(deadline, call.nowNs)) {
                call.deadlines.clear(deadline);
                onDeadline(deadline);
            }
        }
    }

    private void onDeadline(Deadline deadline) {
        switch (deadline) {
            case HANGUP_SWEEP -> ending.onSweep();
            case CARRIER_CLOSE -> ending.onGaveUp();
            case MAX_DURATION_GRACE -> ending.now(HangupReason.MAX_DURATION);
            case SESSION -> failModel(HangupReason.MODEL_CONFIG_FAILED);
            case MODEL_CONNECT -> failModel(HangupReason.MODEL_LOST);
            case MAX_DURATION -> ending.onMaxDuration();
            case CARRIER_STALL -> ending.onCarrierStall();
            case HANGUP_WATCHDOG, RESPONSE_DONE_WAIT -> ending.onWatchdog();
            case USER_GOODBYE -> ending.afterClip(HangupReason.USER_GOODBYE, Clip.GOODBYE);
            case SILENCE -> ending.afterClip(HangupReason.SILENCE_TIMEOUT, Clip.SILENCE_TIMEOUT);
            case START -> ending.now(HangupReason.NO_START);
            case RESPONSE_STALL -> onResponseStall();
            case PLAYOUT_END -> call.cue(Turn.Cue.PLAYED_OUT);
            case CANCELLED_GOODBYE -> goodbyes.onCancelledGoodbyeTimeout();
            case TOOL -> tools.settled();
            case RESPONSE_REQUEST -> onRequestTimeout();
            case MEDIA_GAP -> uplink.onQuiet();
        }
    }

    private void onResponseStall() {
        Response stalled = call.responses.active();
        if (stalled != null) {
            call.commands.note("response stalled", stalled.id);
            downlink.cancel(stalled);
            onResponseDone(stalled, ResponseStatus.FAILED);
        }
    }

    /** A farewell that never comes must not keep the call: we say it ourselves. */
    private void onRequestTimeout() {
        if (gate.onTimeout() == ResponsePurpose.FAREWELL) {
            ending.afterClip(HangupReason.END_CALL_TOOL, Clip.GOODBYE);
        }
        gate.next();
    }

    /** The turn is the caller's again when what was generated has been heard: the last mark says so, or a bounded wait. */
    private void reviewPlayout() {
        if (call.turn() != Turn.PLAYING_OUT) {
            call.deadlines.clear(Deadline.PLAYOUT_END);
        } else if (!call.isAudible() && call.playout.isConfirmed()) {
            call.deadlines.clear(Deadline.PLAYOUT_END);
            call.cue(Turn.Cue.PLAYED_OUT);
        } else {
            long playNs = MuLaw.durationNs(call.playout.remainingBytes(call.nowNs));
            call.due(Deadline.PLAYOUT_END, playNs + call.times.markSlackNs());
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

    // what the lane asks

    /** When {@link EventType#DEADLINE_PASSED} is to be sent next, in ns; {@code Long.MAX_VALUE} if never. */
    public long nextDeadlineNs() {
        return call.deadlines.earliestNs();
    }

    /** How far the carrier is ahead of the caller's ear, in μ-law bytes. */
    public long aheadBytes(long nowNs) {
        return call.playout.aheadBytes(nowNs);
    }

    public Phase phase() {
        return call.phase();
    }

    public Turn turn() {
        return call.turn();
    }
}
