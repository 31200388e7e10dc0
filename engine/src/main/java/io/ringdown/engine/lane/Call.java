package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import io.ringdown.engine.journal.CallJournal;
import io.ringdown.engine.journal.LaneJournal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A call in its lane: the machine, its two legs, and the audio between. It carries out what the machine commands; it
 * decides nothing. Lane only.
 */
final class Call implements CallCommands {
    static final long NEVER = Long.MAX_VALUE;

    final CallPort port;

    // its place in the lane, whose these are
    final LaneTimers.Timer timer = new LaneTimers.Timer();
    boolean touched; // to be served
    boolean blocked; // its socket is to be looked at in the next turn

    private final Lane lane;
    private final HangupLatch latch;
    private final CallLegs legs;
    private final Consumer<CallSummary> whenOver;
    private final CallMachine machine;

    /** Null when no journal is kept. */
    private final CallJournal journal;

    private final ModelAudio modelAudio;
    private final CallerAudio callerAudio;
    private final long openedNs;
    private final CallEvent own = new CallEvent();

    private CallEvent handled;
    private Phase counted;
    private String callSid;
    private HangupCommand hangup;
    private boolean failed;
    private boolean released;

    Call(
            Lane lane,
            CallPort port,
            CallSettings settings,
            Function<CallPort, Legs> legs,
            Consumer<CallSummary> whenOver) {
        this.lane = lane;
        this.port = port;
        this.latch = port.address().latch();
        this.whenOver = whenOver;
        this.openedNs = lane.nowNs();
        this.journal = lane.journal() == null ? null : lane.journal().open(settings, latch, this, openedNs);
        this.machine = journal == null
                ? new CallMachine(settings, latch, this, openedNs)
                : new CallMachine(settings, journal, journal, openedNs);
        this.legs = new CallLegs(legs.apply(port));
        this.modelAudio = new ModelAudio(this, lane, this.legs.carrier);
        this.callerAudio = new CallerAudio(this.legs.model, lane);
        countPhase();
    }

    /** The one place through which every input of the machine passes, in order. */
    void on(CallEvent event) {
        switch (event.type()) {
            case CALL_STARTED -> {
                callSid = event.text();
                lane.counters().add(LaneCounter.CALLS_STARTED, 1);
            }
            case CALLER_AUDIO -> callerAudio.ledger().in(event.bytes());
            case AUDIO_DELTA -> refuseIfFull(event);
            case MARK_ECHOED -> modelAudio.restage();
            default -> {}
        }
        if (!released) {
            handled = event;
            if (journal != null) {
                journal.happened(event, lane.nowNs());
            }
            machine.on(event, lane.nowNs());
            handled = null;
            countPhase();
        }
    }

    private void countPhase() {
        Phase phase = machine.phase();
        if (phase != counted) {
            lane.counters().moved(counted, phase);
            counted = phase;
        }
    }

    private void refuseIfFull(CallEvent delta) {
        if (!modelAudio.hasRoom(delta.bytes())) {
            int bytes = delta.bytes();
            delta.takeFrame().release();
            lane.counters().dropped(DropReason.OUT_FULL, bytes);
            delta.audioRefused(delta.responseId(), bytes, DropReason.OUT_FULL);
        }
    }

    /** The call failed or ended before somebody took the caller's audio. */
    void callerAudioUntaken(int bytes) {
        callerAudio.dropped(bytes, DropReason.AFTER_END);
    }

    /** The leg had no frame for it. */
    void callerAudioRefused(int bytes) {
        callerAudio.ledger().in(bytes);
        callerAudio.dropped(bytes, DropReason.POOL_SPENT);
    }

    /** The lane has no frame left, and this call holds most of them: it loses the response that waits. False if none does. */
    boolean yieldFrames() {
        int response = modelAudio.firstWaiting();
        if (response == 0) {
            return false;
        }
        own.outOverrun(response);
        on(own);
        return true;
    }

    /** How much of the model's audio waits, in μ-law bytes; what has ended holds nothing that could be asked for. */
    int waitingBytes() {
        return released ? 0 : modelAudio.waitingBytes();
    }

    /** How far the carrier is to be kept ahead of the caller's ear, in ns. */
    long leadNs() {
        return machine.settings().times().leadNs();
    }

    /** How far the carrier is ahead of the caller's ear, in μ-law bytes. */
    long aheadBytes() {
        return machine.aheadBytes(lane.nowNs());
    }

    /** Serves what is due and moves what can move. True while a socket holds back what it was given. */
    boolean move() {
        if (machine.nextDeadlineNs() <= lane.nowNs()) {
            own.happened(EventType.DEADLINE_PASSED);
            on(own);
        }
        boolean blocked = modelAudio.move();
        blocked |= callerAudio.move();
        modelAudio.flush();
        return blocked && !released;
    }

    // the model's leg

    @Override
    public void connectModel() {
        legs.model.connect();
    }

    @Override
    public void configureSession() {
        legs.model.configure();
    }

    @Override
    public void openUplink() {
        callerAudio.open();
    }

    @Override
    public void forwardCallerAudio() {
        callerAudio.forward(handled.takeFrame());
    }

    @Override
    public void padCallerAudio(int bytes) {
        callerAudio.pad(bytes);
    }

    @Override
    public void dropAudio(DropReason reason) {
        Frame frame = handled.takeFrame();
        if (handled.type() == EventType.CALLER_AUDIO) {
            callerAudio.dropped(frame.audioBytes(), reason);
        } else {
            lane.counters().dropped(reason, frame.audioBytes());
        }
        frame.release();
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        legs.model.requestResponse(purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        legs.model.cancelResponse(responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        legs.model.truncate(itemId, contentIndex, heardMs);
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        legs.model.answerTool(toolCallId, answer);
    }

    @Override
    public void closeModel() {
        boolean ending = released || machine.phase() == Phase.ENDING || machine.phase() == Phase.CLOSED;
        callerAudio.close(ending ? DropReason.AFTER_END : DropReason.NO_SESSION);
        legs.closeModel();
    }

    // the carrier's leg

    @Override
    public void queueAudio(int response, int part, int generation) {
        Frame frame = handled.takeFrame();
        frame.belongsTo(response, part, generation);
        modelAudio.queue(frame);
    }

    @Override
    public int queueClip(Clip clip, int part, int generation) {
        byte[] muLaw = machine.settings().clips().get(clip);
        return muLaw == null ? 0 : modelAudio.queueClip(muLaw, part, generation);
    }

    @Override
    public void queueMark(int generation, int mark) {
        modelAudio.queueMark(generation, mark);
    }

    @Override
    public void stageMark(int generation, int mark) {
        modelAudio.stageMark(generation, mark);
    }

    @Override
    public void clear(DropReason reason) {
        modelAudio.clear(reason);
        if (reason == DropReason.BARGE_IN) {
            lane.counters().add(LaneCounter.BARGE_INS, 1);
            if (handled.isTimed()) {
                lane.took(LaneTiming.BARGE_IN, handled.readNs());
            }
        }
    }

    @Override
    public void discard(int response, DropReason reason) {
        modelAudio.discard(response, reason);
    }

    @Override
    public void closeCarrier() {
        legs.closeCarrier();
    }

    // the end

    @Override
    public void hangUp(HangupReason reason) {
        hangup = new HangupCommand(callSid, reason, latch, port.address());
        sweepHangup();
    }

    @Override
    public void sweepHangup() {
        lane.hangups().offer(hangup);
    }

    @Override
    public void release() {
        released = true;
    }

    boolean isReleased() {
        return released;
    }

    /** An error of ours in the call: it is hung up, and the lane goes on (S55). A call that fails at that too is dropped. */
    void fail(Throwable cause) {
        CallLog.failed(callSid, cause);
        if (journal != null) {
            journal.failed(cause);
        }
        if (failed) {
            abandon();
            return;
        }
        failed = true;
        lane.counters().add(LaneCounter.CALLS_FAILED, 1);
        try {
            own.happened(EventType.CALL_FAILED);
            on(own);
        } catch (RuntimeException | Error again) {
            CallLog.failed(callSid, again);
            abandon();
        }
    }

    /** The machine cannot be asked any more: the phone call is hung up behind its back. */
    private void abandon() {
        released = true;
        if (latch.claim(HangupReason.INTERNAL_ERROR, 0) && callSid != null) {
            hangUp(HangupReason.INTERNAL_ERROR);
        }
    }

    /** Gives everything back. Nothing of the call is reachable afterwards but through its address, which finds nobody. */
    void close() {
        lane.counters().moved(counted, null);
        if (latch.reason() == null) {
            lane.counters().add(LaneCounter.CALLS_LEFT, 1);
        }
        modelAudio.drop(DropReason.AFTER_END);
        quietly(this::closeModel);
        quietly(this::closeCarrier);
        whenOver.accept(new CallSummary(
                callSid,
                latch.reason(),
                lane.nowNs() - openedNs,
                callerAudio.ledger(),
                machine.record(latch.reason())));
    }

    private void quietly(Runnable close) {
        try {
            close.run();
        } catch (RuntimeException | Error e) {
            CallLog.failed(callSid, e);
        }
    }

    void resumeReading() {
        legs.resumeReading();
    }

    // what is said about it

    @Override
    public void goodbyeDetected(String responseId, String transcript) {
        CallLog.goodbyeDetected(responseId, lane.settings().redacted() ? LaneJournal.REDACTED : transcript);
    }

    @Override
    public void politeHangup(Via via, String responseId, Drain drain) {
        CallLog.politeHangup(via, responseId, drain);
    }

    @Override
    public void conditionsNotMet(Via via, List<HangupCondition> unmet) {
        CallLog.conditionsNotMet(via, unmet);
    }

    @Override
    public void hangupExecuted(HangupReason reason) {
        lane.counters().hungUp(reason, machine.politeEnd());
        CallLog.hangupExecuted(reason, callSid);
    }

    @Override
    public void note(String what, String detail) {
        CallLog.note(what, detail, callSid);
    }

    CallSnapshot snapshot() {
        return new CallSnapshot(callSid, machine.settings().agent(), machine.phase(), machine.turn(), openedNs);
    }

    /** When it must be served next although nothing happens to it. */
    long dueNs() {
        return Math.min(machine.nextDeadlineNs(), modelAudio.dueNs());
    }
}
