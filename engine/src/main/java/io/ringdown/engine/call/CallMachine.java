package io.ringdown.engine.call;

import java.util.List;

/**
 * A call: {@code (event, nowNs) → commands}, deterministic, without clock, I/O or threads. Whoever calls it is its single
 * writer; the lane does. It names what is to be done through {@link CallCommands} and never calls back.
 *
 * <p>The life of a call is {@link Phase}, whose voice is heard is {@link Turn}; {@link ModelSpeech}, {@link Downlink},
 * {@link Uplink}, {@link BargeIn}, {@link Goodbyes}, {@link Quiet} and {@link Ending} each own one part of what an event means.
 */
public final class CallMachine {
    private static final int DIGITS_TOLD = 32;
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
    private final ModelSpeech speech;
    private final Quiet quiet;
    private long startedNs;

    /**
     * A call whose carrier has connected and not yet sent its {@code start}.
     *
     * @param settings hold until the start, which may bring others
     * @param latch the call's own, open; shared with the threads that execute hangups
     * @param commands carries out what the machine wants
     */
    public CallMachine(CallSettings settings, HangupLatch latch, CallCommands commands, long nowNs) {
        this(settings, new LiveAnswers(latch), commands, nowNs);
    }

    /** The same, with everything it asks answered by {@code answers}. */
    public CallMachine(CallSettings settings, CallAnswers answers, CallCommands commands, long nowNs) {
        call = new CallState(settings, answers, commands, nowNs);
        downlink = new Downlink(call);
        uplink = new Uplink(call);
        pending = new PendingHangup(call);
        gate = new ResponseGate(call);
        goodbyes = new Goodbyes(call, pending, downlink, gate);
        tools = new Tools(call, goodbyes, gate);
        bargeIn = new BargeIn(call, downlink);
        ending = new Ending(call, pending, downlink);
        speech = new ModelSpeech(call, downlink, pending, gate, goodbyes, tools, ending);
        quiet = new Quiet(call, pending, gate, tools);
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
        call.history.on(event);
        dispatch(event);
        ending.review();
        if (!call.isOver()) {
            quiet.review();
        }
    }

    /** Keys without end are counted, but would push what is said of other calls out of the log. */
    private void onDigit() {
        if (call.history.digits() <= DIGITS_TOLD) {
            call.commands.note("digit pressed", null);
        }
    }

    private void dispatch(CallEvent event) {
        switch (event.type()) {
            case CALL_STARTED -> onStarted(event);
            case START_REFUSED -> onStartRefused();
            case MARK_ECHOED -> downlink.onEcho(event);
            case DIGIT_PRESSED -> onDigit();
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
            case RESPONSE_CREATED -> speech.onCreated(event);
            case RESPONSE_COLLIDED -> onRequestLost(gate.onCollided());
            case AUDIO_DELTA, AUDIO_REFUSED, AUDIO_DONE, TRANSCRIPT_DONE, TOOL_CALLED, RESPONSE_DONE ->
                speech.on(event);
            case OUT_OVERRUN -> speech.onOverrun(event);
            case AUDIO_STAGED -> downlink.onStaged(event);
            case AUDIO_SENT -> downlink.onSent(event);
            case MARK_SENT -> downlink.onMarkSent(event);
            case TX_BLOCKED, TX_PROGRESSED, TX_DRAINED -> downlink.onTx(event.type());
            case DEADLINE_PASSED -> onDeadlines();
            case CALL_FAILED -> ending.now(HangupReason.INTERNAL_ERROR);
            case STREAM_REPLACED -> ending.now(HangupReason.STREAM_REPLACED);
            case OPERATOR_HUNG_UP -> onOrder(HangupReason.OPERATOR, event.polite());
            case SHUT_DOWN -> onOrder(HangupReason.SHUTDOWN, event.polite());
            case HANGUP_CONFIRMED -> ending.onConfirmed();
            case HANGUP_GAVE_UP -> ending.onGaveUp();
            default -> throw new IllegalArgumentException("no such event for a call: " + event);
        }
    }

    // the life of the call

    private void onStarted(CallEvent event) {
        if (call.start(event.settings())) {
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
        if (!call.isModelLost() && call.move(Phase.Step.MODEL_CONNECTED)) {
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
            ending.onModelLost(reason, event.text());
        }
    }

    private void onOrder(HangupReason reason, boolean polite) {
        if (polite) {
            ending.insist(reason, Clip.GOODBYE);
        } else {
            ending.now(reason);
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
                && call.answers.isVoicemail(call.settings, words)) {
            ending.now(HangupReason.VOICEMAIL);
            return;
        }
        goodbyes.onCallerWords(words);
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
            case CARRIER_CLOSE -> ending.onCloseTimeout();
            case MAX_DURATION_GRACE -> ending.now(HangupReason.MAX_DURATION);
            case SESSION -> ending.onModelLost(HangupReason.MODEL_CONFIG_FAILED, "no session.updated: timed out");
            case MODEL_CONNECT -> ending.onModelLost(HangupReason.MODEL_LOST, "no connection: timed out");
            case MAX_DURATION -> ending.onMaxDuration();
            case CARRIER_STALL -> ending.onCarrierStall();
            case HANGUP_WATCHDOG, RESPONSE_DONE_WAIT -> ending.onWatchdog();
            case USER_GOODBYE -> onUserGoodbye();
            case SILENCE -> ending.afterClip(HangupReason.SILENCE_TIMEOUT, Clip.SILENCE_TIMEOUT);
            case START -> ending.now(HangupReason.NO_START);
            case RESPONSE_STALL -> speech.onStall();
            case PLAYOUT_END -> quiet.onPlayoutEnd();
            case CANCELLED_GOODBYE -> goodbyes.onCancelledGoodbyeTimeout();
            case TOOL -> tools.settled();
            case RESPONSE_REQUEST -> onRequestTimeout();
            case MEDIA_GAP -> uplink.onQuiet();
        }
    }

    /** The model had its time to answer the caller's goodbye; one that is still answering, or being told more, keeps it. */
    private void onUserGoodbye() {
        if (!call.isCallerSpeaking() && call.responses.active() == null) {
            ending.afterClip(HangupReason.USER_GOODBYE, Clip.GOODBYE);
        }
    }

    /** A farewell that never comes must not keep the call: we say it ourselves. */
    private void onRequestLost(ResponsePurpose lost) {
        if (lost == ResponsePurpose.FAREWELL) {
            ending.afterClip(HangupReason.END_CALL_TOOL, Clip.GOODBYE);
        }
    }

    private void onRequestTimeout() {
        onRequestLost(gate.onTimeout());
        gate.next();
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

    /** What the call is like: from its start, as its agent would have it. */
    public CallSettings settings() {
        return call.settings;
    }

    /** How the call's hangup was found due, from its claim on; null if nothing was waited for. */
    public PoliteEnd politeEnd() {
        return ending.politeEnd();
    }

    // what is asked about it afterwards, when its journal is explained

    /** What does not hold yet of a hangup at the end of response {@code response}. */
    public List<HangupCondition> unmet(int response) {
        return pending.unmet(call.responses.find(response));
    }

    /** The response at whose end the call is to end, or -1: 0 is a recording of ours. */
    public int pendingResponse() {
        return pending.isArmed() ? pending.response().ordinal : -1;
    }

    /** The number of the response with that id, or 0 if it is not known. */
    public int response(String responseId) {
        Response response = call.responses.find(responseId);
        return response == null ? 0 : response.ordinal;
    }

    /** What of the model's audio went out since the call began and was not cleared, in μ-law bytes. */
    public long sentBytes() {
        return call.playout.sentBytes();
    }

    /** How far in that the caller has heard. */
    public long heardBytes(long nowNs) {
        return call.playout.heardBytes(nowNs);
    }

    /**
     * What the call was, as of the event handled last; to be asked when it is over.
     *
     * @param reason why we ended it; null when the carrier did
     */
    public CallRecord record(HangupReason reason) {
        return call.history.record(reason);
    }

    public Phase phase() {
        return call.phase();
    }

    public Turn turn() {
        return call.turn();
    }
}
