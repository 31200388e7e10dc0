package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallAnswers;
import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.LiveAnswers;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import java.util.List;

/**
 * The journal of one call. It stands between the call's machine and the rest: notes each command and hands it on, asks for
 * each answer and notes it. Lane only.
 */
public final class CallJournal implements CallCommands, CallAnswers {
    private final LaneJournal lane;
    private final long number;
    private final CallCommands commands;
    private final CallAnswers answers;
    private final boolean redacted;

    private final RecentTexts recent = new RecentTexts();
    private final EventWriter events;
    private int losses;
    private boolean inCommand;

    private HangupLatch.State lastState;
    private HangupReason lastReason;

    CallJournal(LaneJournal lane, long number, HangupLatch latch, CallCommands commands, boolean redacted) {
        this.lane = lane;
        this.number = number;
        this.commands = commands;
        this.answers = new LiveAnswers(latch);
        this.redacted = redacted;
        this.losses = lane.losses();
        this.events = new EventWriter(lane, recent, redacted);
    }

    long number() {
        return number;
    }

    /** True once after each loss: what was written before may be gone, and nothing may refer to it. */
    boolean takeLoss(int now) {
        boolean lost = losses != now;
        if (lost) {
            losses = now;
            recent.clear();
            events.afterLoss();
            lastState = null;
            lastReason = null;
        }
        return lost;
    }

    void opened(int settings, long nowNs) {
        BlockWriter block = lane.event(this, nowNs);
        block.tag(Layout.OPENED);
        block.number(settings);
    }

    /** Notes what the machine is about to be told. */
    public void happened(CallEvent event, long nowNs) {
        inCommand = false;
        BlockWriter block = lane.event(this, nowNs);
        events.write(event, block);
    }

    /** Notes that the call failed, and where: in a command, or elsewhere. */
    public void failed(Throwable cause) {
        BlockWriter block = lane.block(this);
        block.tag(Layout.FAILED);
        block.tag(inCommand ? 1 : 0);
        block.spoken(redacted ? cause.getClass().getName() : cause.toString());
        inCommand = false;
    }

    // commands

    private BlockWriter command(CommandType type) {
        inCommand = true;
        BlockWriter block = lane.block(this);
        block.tag(Layout.FIRST_COMMAND + type.ordinal());
        return block;
    }

    private void handedOn() {
        inCommand = false;
    }

    @Override
    public void connectModel() {
        command(CommandType.CONNECT_MODEL);
        commands.connectModel();
        handedOn();
    }

    @Override
    public void configureSession() {
        command(CommandType.CONFIGURE_SESSION);
        commands.configureSession();
        handedOn();
    }

    @Override
    public void openUplink() {
        command(CommandType.OPEN_UPLINK);
        commands.openUplink();
        handedOn();
    }

    @Override
    public void forwardCallerAudio() {
        command(CommandType.FORWARD_CALLER_AUDIO);
        commands.forwardCallerAudio();
        handedOn();
    }

    @Override
    public void padCallerAudio(int bytes) {
        command(CommandType.PAD_CALLER_AUDIO).number(bytes);
        commands.padCallerAudio(bytes);
        handedOn();
    }

    @Override
    public void dropAudio(DropReason reason) {
        command(CommandType.DROP_AUDIO).constant(reason);
        commands.dropAudio(reason);
        handedOn();
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        command(CommandType.REQUEST_RESPONSE).constant(purpose);
        commands.requestResponse(purpose);
        handedOn();
    }

    @Override
    public void cancelResponse(String responseId) {
        command(CommandType.CANCEL_RESPONSE).text(responseId, recent);
        commands.cancelResponse(responseId);
        handedOn();
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        BlockWriter block = command(CommandType.TRUNCATE);
        block.text(itemId, recent);
        block.number(contentIndex);
        block.number(heardMs);
        commands.truncate(itemId, contentIndex, heardMs);
        handedOn();
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        BlockWriter block = command(CommandType.ANSWER_TOOL);
        block.text(toolCallId, recent);
        block.constant(answer);
        commands.answerTool(toolCallId, answer);
        handedOn();
    }

    @Override
    public void closeModel() {
        command(CommandType.CLOSE_MODEL);
        commands.closeModel();
        handedOn();
    }

    @Override
    public void queueAudio(int response, int part, int generation) {
        BlockWriter block = command(CommandType.QUEUE_AUDIO);
        block.number(response);
        block.number(part);
        block.number(generation);
        commands.queueAudio(response, part, generation);
        handedOn();
    }

    @Override
    public int queueClip(Clip clip, int part, int generation) {
        BlockWriter block = command(CommandType.QUEUE_CLIP);
        block.constant(clip);
        block.number(part);
        block.number(generation);
        int bytes = commands.queueClip(clip, part, generation);
        handedOn();
        answer(AnswerType.CLIP_QUEUED).number(bytes);
        return bytes;
    }

    @Override
    public void queueMark(int generation, int mark) {
        BlockWriter block = command(CommandType.QUEUE_MARK);
        block.number(generation);
        block.number(mark);
        commands.queueMark(generation, mark);
        handedOn();
    }

    @Override
    public void stageMark(int generation, int mark) {
        BlockWriter block = command(CommandType.STAGE_MARK);
        block.number(generation);
        block.number(mark);
        commands.stageMark(generation, mark);
        handedOn();
    }

    @Override
    public void clear(DropReason reason) {
        command(CommandType.CLEAR).constant(reason);
        commands.clear(reason);
        handedOn();
    }

    @Override
    public void discard(int response, DropReason reason) {
        BlockWriter block = command(CommandType.DISCARD);
        block.number(response);
        block.constant(reason);
        commands.discard(response, reason);
        handedOn();
    }

    @Override
    public void closeCarrier() {
        command(CommandType.CLOSE_CARRIER);
        commands.closeCarrier();
        handedOn();
    }

    @Override
    public void hangUp(HangupReason reason) {
        command(CommandType.HANG_UP).constant(reason);
        commands.hangUp(reason);
        handedOn();
    }

    @Override
    public void sweepHangup() {
        command(CommandType.SWEEP_HANGUP);
        commands.sweepHangup();
        handedOn();
    }

    @Override
    public void release() {
        command(CommandType.RELEASE);
        commands.release();
        handedOn();
    }

    @Override
    public void goodbyeDetected(String responseId, String transcript) {
        BlockWriter block = command(CommandType.GOODBYE_DETECTED);
        block.text(responseId, recent);
        block.number(redacted || transcript.length() > BlockWriter.MAX_TEXT_CHARS ? 0 : transcript.hashCode());
        commands.goodbyeDetected(responseId, transcript);
        handedOn();
    }

    @Override
    public void politeHangup(Via via, String responseId, Drain drain) {
        BlockWriter block = command(CommandType.POLITE_HANGUP);
        block.constant(via);
        block.text(responseId, recent);
        block.constant(drain);
        commands.politeHangup(via, responseId, drain);
        handedOn();
    }

    @Override
    public void conditionsNotMet(Via via, List<HangupCondition> unmet) {
        BlockWriter block = command(CommandType.CONDITIONS_NOT_MET);
        block.constant(via);
        int conditions = 0;
        for (int i = 0; i < unmet.size(); i++) {
            conditions |= 1 << unmet.get(i).ordinal();
        }
        block.number(conditions);
        commands.conditionsNotMet(via, unmet);
        handedOn();
    }

    @Override
    public void hangupExecuted(HangupReason reason) {
        command(CommandType.HANGUP_EXECUTED).constant(reason);
        commands.hangupExecuted(reason);
        handedOn();
    }

    @Override
    public void note(String what, String detail) {
        BlockWriter block = command(CommandType.NOTE);
        block.text(what, recent);
        block.text(detail, recent);
        commands.note(what, detail);
        handedOn();
    }

    // answers

    private BlockWriter answer(AnswerType type) {
        BlockWriter block = lane.block(this);
        block.tag(Layout.FIRST_ANSWER + type.ordinal());
        return block;
    }

    private boolean answered(AnswerType type, boolean answer) {
        answer(type).tag(answer ? 1 : 0);
        return answer;
    }

    @Override
    public boolean claim(HangupReason reason, int response) {
        return answered(AnswerType.CLAIMED, answers.claim(reason, response));
    }

    @Override
    public boolean close() {
        return answered(AnswerType.CLOSED, answers.close());
    }

    @Override
    public HangupLatch.State latchState() {
        HangupLatch.State state = answers.latchState();
        if (state != lastState || losses != lane.losses()) {
            answer(AnswerType.STATE).constant(state);
            lastState = state;
        }
        return state;
    }

    @Override
    public HangupReason claimedReason() {
        HangupReason reason = answers.claimedReason();
        if (reason != lastReason || losses != lane.losses()) {
            answer(AnswerType.REASON).constant(reason);
            lastReason = reason;
        }
        return reason;
    }

    @Override
    public boolean modelSaysGoodbye(CallSettings settings, String transcript) {
        return answered(AnswerType.MODEL_GOODBYE, answers.modelSaysGoodbye(settings, transcript));
    }

    @Override
    public boolean callerSaysGoodbye(CallSettings settings, String transcript) {
        return answered(AnswerType.CALLER_GOODBYE, answers.callerSaysGoodbye(settings, transcript));
    }

    @Override
    public boolean isVoicemail(CallSettings settings, String transcript) {
        return answered(AnswerType.VOICEMAIL, answers.isVoicemail(settings, transcript));
    }
}
