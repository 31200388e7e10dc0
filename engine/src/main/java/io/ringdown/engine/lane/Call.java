package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.HeldAudio;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.audio.OutQueue;
import io.ringdown.engine.audio.TxQueue;
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
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A call in its lane: the machine, its two legs, and the audio between. It carries out what the machine commands and moves
 * audio on its behalf; it decides nothing. Lane only.
 */
final class Call implements CallCommands {
    static final long NEVER = Long.MAX_VALUE;

    /** Pieces of a recording: 240 ms, at a multiple of 3 bytes, so that only the last is padded. */
    private static final int CLIP_PIECE_BYTES = 4 * 480;

    final CallPort port;

    private final Lane lane;
    private final CallSettings settings;
    private final HangupLatch latch;
    private final CarrierLeg carrier;
    private final ModelLeg model;
    private final Consumer<CallSummary> whenOver;
    private final CallMachine machine;
    private final long openedNs;

    private final OutQueue out;
    private final TxQueue tx = new TxQueue();
    private final HeldAudio held;
    private final UplinkLedger uplink = new UplinkLedger();
    private final CallEvent own = new CallEvent();

    private CallEvent handled;
    private String callSid;
    private HangupCommand hangup;
    private boolean uplinkOpen;
    private boolean modelUnflushed;
    private boolean carrierUnflushed;
    private boolean txBlocked;
    private long txPendingBytes;
    private boolean released;

    private boolean touched;
    private long stageDueNs = NEVER;
    private long timerId;
    private long timerDueNs = NEVER;

    Call(
            Lane lane,
            CallPort port,
            CallSettings settings,
            Function<CallPort, Legs> legs,
            Consumer<CallSummary> whenOver) {
        this.lane = lane;
        this.port = port;
        this.settings = settings;
        this.latch = port.address().latch();
        this.whenOver = whenOver;
        this.openedNs = lane.nowNs();
        this.out = new OutQueue(lane.settings().outBytes());
        this.held = new HeldAudio(lane.settings().heldUplinkBytes());
        this.machine = new CallMachine(settings, latch, this, openedNs);
        Legs both = legs.apply(port);
        this.carrier = both.carrier();
        this.model = both.model();
    }

    /** The one place through which every input of the machine passes, in order. */
    void on(CallEvent event) {
        handled = event;
        switch (event.type()) {
            case CALL_STARTED -> callSid = event.text();
            case CALLER_AUDIO -> uplink.in(event.bytes());
            case AUDIO_DELTA -> refuseIfFull(event);
            default -> {}
        }
        machine.on(event, lane.nowNs());
        handled = null;
    }

    private void on(EventType type) {
        own.happened(type);
        on(own);
    }

    private void refuseIfFull(CallEvent delta) {
        if (!out.hasRoom(delta.bytes())) {
            int bytes = delta.bytes();
            delta.takeFrame().release();
            lane.counters().dropped(DropReason.OUT_FULL, bytes);
            delta.audioRefused(delta.responseId(), bytes, DropReason.OUT_FULL);
        }
    }

    /** The lane has no frame left, and this call holds most of them. */
    void yieldFrames() {
        Frame waiting = out.peek();
        if (waiting != null) {
            own.outOverrun(waiting.response());
            on(own);
        }
    }

    int outBytes() {
        return out.bytes();
    }

    // moving audio

    /** Serves what is due and moves what can move. True while the carrier's socket holds back what it was given. */
    boolean move() {
        if (machine.nextDeadlineNs() <= lane.nowNs()) {
            on(EventType.DEADLINE_PASSED);
        }
        stage();
        send();
        observeSocket();
        forwardHeld();
        flush();
        return txBlocked && !released;
    }

    /** {@code out} to {@code tx}, within the lead: what the carrier holds can still be cleared, but only by asking. */
    private void stage() {
        stageDueNs = NEVER;
        long leadBytes = MuLaw.bytesIn(settings.times().leadNs());
        for (Frame next = out.peek(); next != null && !tx.isFull(); next = out.peek()) {
            long ahead = machine.aheadBytes(lane.nowNs());
            long excess = ahead + next.audioBytes() - leadBytes;
            if (!next.isMark() && ahead > 0 && excess > 0) {
                stageDueNs = lane.nowNs() + MuLaw.durationNs(Math.min(excess, ahead));
                return;
            }
            Frame staged = out.poll();
            tx.offer(staged);
            if (!staged.isMark()) {
                own.audioMoved(EventType.AUDIO_STAGED, staged);
                on(own);
            }
        }
    }

    private void send() {
        while (!tx.isEmpty() && carrier.writable()) {
            Frame frame = tx.poll();
            if (frame.isMark()) {
                carrier.sendMark(frame.generation(), frame.mark());
                own.markSent(frame.generation(), frame.mark());
            } else {
                carrier.sendAudio(frame);
                lane.counters().add(LaneCounter.DOWNLINK_BYTES_SENT, frame.audioBytes());
                own.audioMoved(EventType.AUDIO_SENT, frame);
            }
            frame.release();
            carrierUnflushed = true;
            on(own);
        }
    }

    /** Tells the machine whether what was written has left us. */
    private void observeSocket() {
        if (!carrierUnflushed && !txBlocked) {
            return;
        }
        if (carrierUnflushed) {
            carrierUnflushed = false;
            carrier.flush();
        }
        long pendingBytes = carrier.pendingBytes();
        boolean blocked = pendingBytes > 0 || !tx.isEmpty();
        if (!blocked) {
            txBlocked = false;
            txPendingBytes = 0;
            on(EventType.TX_DRAINED);
        } else if (!txBlocked) {
            txBlocked = true;
            txPendingBytes = pendingBytes;
            on(EventType.TX_BLOCKED);
        } else if (pendingBytes < txPendingBytes) {
            txPendingBytes = pendingBytes;
            on(EventType.TX_PROGRESSED);
        } else {
            txPendingBytes = pendingBytes;
        }
    }

    private void forwardHeld() {
        while (uplinkOpen && !held.isEmpty() && model.writable()) {
            forward(held.poll());
        }
    }

    private void forward(Frame frame) {
        model.sendAudio(frame);
        modelUnflushed = true;
        uplink.forwarded(frame.audioBytes());
        lane.counters().add(LaneCounter.UPLINK_BYTES_FORWARDED, frame.audioBytes());
        frame.release();
    }

    private void flush() {
        if (carrierUnflushed) {
            carrierUnflushed = false;
            carrier.flush();
        }
        if (modelUnflushed) {
            modelUnflushed = false;
            model.flush();
        }
    }

    // the model's leg

    @Override
    public void connectModel() {
        model.connect();
    }

    @Override
    public void configureSession() {
        model.configure();
    }

    @Override
    public void openUplink() {
        uplinkOpen = true;
    }

    @Override
    public void forwardCallerAudio() {
        Frame frame = handled.takeFrame();
        if (uplinkOpen && held.isEmpty() && model.writable()) {
            forward(frame);
        } else {
            int dropped = held.offer(frame);
            if (dropped > 0) {
                dropUplink(dropped, uplinkOpen ? DropReason.MODEL_STALLED : DropReason.BEFORE_SESSION);
            }
        }
    }

    @Override
    public void padCallerAudio(int bytes) {
        if (uplinkOpen && held.isEmpty() && model.writable()) {
            model.sendSilence(bytes);
            modelUnflushed = true;
            uplink.padded(bytes);
            uplink.forwarded(bytes);
        }
    }

    @Override
    public void dropAudio(DropReason reason) {
        Frame frame = handled.takeFrame();
        if (handled.type() == EventType.CALLER_AUDIO) {
            dropUplink(frame.audioBytes(), reason);
        } else {
            lane.counters().dropped(reason, frame.audioBytes());
        }
        frame.release();
    }

    /** The leg had no frame for it. */
    void callerAudioRefused(int bytes) {
        uplink.in(bytes);
        dropUplink(bytes, DropReason.POOL_SPENT);
    }

    private void dropUplink(int bytes, DropReason reason) {
        uplink.dropped(bytes, reason);
        lane.counters().dropped(reason, bytes);
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        model.requestResponse(purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        model.cancelResponse(responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        model.truncate(itemId, contentIndex, heardMs);
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        model.answerTool(toolCallId, answer);
    }

    @Override
    public void closeModel() {
        uplinkOpen = false;
        int dropped = held.clear();
        if (dropped > 0) {
            dropUplink(dropped, DropReason.AFTER_END);
        }
        model.close();
    }

    // the carrier's leg

    @Override
    public void queueAudio(int response, int part, int generation) {
        Frame frame = handled.takeFrame();
        frame.belongsTo(response, part, generation);
        if (!out.offer(frame)) {
            throw new IllegalStateException("out has no room although it said so: bytes=" + out.bytes());
        }
    }

    @Override
    public int queueClip(Clip clip, int part, int generation) {
        byte[] muLaw = settings.clips().getOrDefault(clip, new byte[0]);
        int queued = 0;
        while (queued < muLaw.length) {
            int bytes = Math.min(CLIP_PIECE_BYTES, muLaw.length - queued);
            Frame frame = out.hasRoom(bytes) ? lane.downlinkFrame(port) : null;
            if (frame == null) {
                return queued;
            }
            byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(muLaw, queued, queued + bytes));
            System.arraycopy(text, 0, frame.text(), 0, text.length);
            frame.filled(Base64Text.length(bytes), bytes);
            frame.belongsTo(0, part, generation);
            out.offer(frame);
            queued += bytes;
        }
        return queued;
    }

    @Override
    public void queueMark(int generation, int mark) {
        Frame frame = lane.markFrame(generation, mark);
        if (frame != null && !out.offer(frame)) {
            frame.release();
        }
    }

    @Override
    public void stageMark(int generation, int mark) {
        Frame frame = lane.markFrame(generation, mark);
        if (frame != null && !tx.offer(frame)) {
            frame.release();
        }
    }

    @Override
    public void clear(DropReason reason) {
        lane.counters().dropped(reason, out.clear() + tx.clear());
        carrier.sendClear();
        carrierUnflushed = true;
    }

    @Override
    public void discard(int response, DropReason reason) {
        lane.counters().dropped(reason, out.discard(response));
    }

    @Override
    public void closeCarrier() {
        carrier.close();
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

    /** An error of ours in the call: it ends, at once and whatever its state, and the lane goes on (S55). */
    void fail(Throwable cause) {
        CallLog.failed(callSid, cause);
        lane.counters().add(LaneCounter.CALLS_FAILED, 1);
        if (latch.claim(HangupReason.INTERNAL_ERROR, 0) && callSid != null) {
            hangUp(HangupReason.INTERNAL_ERROR);
        }
        released = true;
    }

    /** Gives everything back. Nothing of the call is reachable afterwards but through its address, which finds nobody. */
    void close() {
        out.clear();
        tx.clear();
        closeModel();
        carrier.close();
        whenOver.accept(new CallSummary(callSid, latch.reason(), lane.nowNs() - openedNs, uplink));
    }

    void resumeReading() {
        carrier.resumeReading();
        model.resumeReading();
    }

    // what is said about it

    @Override
    public void goodbyeDetected(String responseId, String transcript) {
        CallLog.goodbyeDetected(responseId, transcript);
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
        lane.counters().hungUp(reason);
        CallLog.hangupExecuted(reason, callSid);
    }

    @Override
    public void note(String what, String detail) {
        CallLog.note(what, detail, callSid);
    }

    // its place in the lane

    /** True once until {@link #served}: a call is served once a turn, however often it is touched. */
    boolean touch() {
        boolean first = !touched;
        touched = true;
        return first;
    }

    void served() {
        touched = false;
    }

    /** When it must be served next although nothing happens to it. */
    long dueNs() {
        return Math.min(machine.nextDeadlineNs(), stageDueNs);
    }

    void timer(long id, long dueNs) {
        timerId = id;
        timerDueNs = dueNs;
    }

    long timerId() {
        return timerId;
    }

    long timerDueNs() {
        return timerDueNs;
    }
}
