package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallAnswers;
import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.HangupCondition;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.Via;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Runs the machine of one call again, on what its journal says, and compares each command with the one that was noted. It
 * stops at the first difference. One thread at a time.
 */
public final class CallReplay implements CallCommands, CallAnswers {
    /** Told after each event that the machine has handled as it did before. */
    public interface Watcher {
        void handled(Entry.Happened event, CallMachine machine);
    }

    /** Leaves the machine in the midst of an event: there is nothing to compare any more. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }

    private final Watcher watcher;
    private final Entry.Opened opened;
    private final CallMachine machine;

    private Entry.Happened event;
    private final ArrayDeque<Entry> noted = new ArrayDeque<>();
    private HangupLatch.State latchState = HangupLatch.State.OPEN;
    private HangupReason claimedReason;

    private boolean whole;
    private boolean cut;
    private boolean stopped;
    private String difference;
    private long events;
    private long commands;

    public CallReplay(Entry.Opened opened, Watcher watcher) {
        this.opened = opened;
        this.watcher = watcher;
        machine = new CallMachine(opened.settings(), this, this, opened.nowNs());
    }

    /** What the journal says next of this call. */
    public void next(Entry entry) {
        if (stopped) {
            return;
        }
        if (entry instanceof Entry.Gap) {
            stopped = true;
        } else if (entry instanceof Entry.Happened happened) {
            run();
            event = happened;
        } else {
            noted.add(entry);
            whole |= entry instanceof Entry.Commanded command && command.type() == CommandType.RELEASE;
        }
    }

    /** The journal says no more of it. What was noted of the last event may be only the beginning. */
    public void end() {
        cut = !whole;
        if (!stopped) {
            run();
        }
        stopped = true;
    }

    private void run() {
        if (event != null) {
            handle();
        }
        noted.clear();
    }

    private void handle() {
        events++;
        try {
            machine.on(event.event(), event.nowNs());
        } catch (Stopped stop) {
            // at a difference, at the end, or where a command failed
        } catch (RuntimeException | Error e) {
            if (!(noted.poll() instanceof Entry.Failed)) {
                differ("nothing failed", "failure " + e);
            }
        }
        if (difference == null && !noted.isEmpty() && !(noted.peek() instanceof Entry.Failed)) {
            differ(noted.peek(), "nothing");
        }
        stopped |= difference != null;
        if (!stopped) {
            watcher.handled(event, machine);
        }
    }

    private void differ(Object before, Object now) {
        if (difference == null) {
            difference = "at %d ms, %s: then %s, now %s"
                    .formatted(
                            (event.nowNs() - opened.nowNs()) / 1_000_000,
                            event.event().type(),
                            before,
                            now);
        }
    }

    /** What differs first, or empty. */
    public Optional<String> difference() {
        return Optional.ofNullable(difference);
    }

    /** Whether the call is there from its beginning to its end. */
    public boolean isComplete() {
        return whole;
    }

    public long events() {
        return events;
    }

    public long commands() {
        return commands;
    }

    // commands

    private void command(CommandType type, Object... arguments) {
        Entry now = Entry.Commanded.of(opened.call(), type, arguments);
        Entry before = noted.poll();
        if (before == null && cut) {
            throw new Stopped();
        }
        if (!now.equals(before)) {
            differ(before == null ? "nothing" : before, now);
            throw new Stopped();
        }
        commands++;
        if (noted.peek() instanceof Entry.Failed failed && failed.inCommand()) {
            noted.poll();
            throw new Stopped();
        }
    }

    @Override
    public void connectModel() {
        command(CommandType.CONNECT_MODEL);
    }

    @Override
    public void configureSession() {
        command(CommandType.CONFIGURE_SESSION);
    }

    @Override
    public void openUplink() {
        command(CommandType.OPEN_UPLINK);
    }

    @Override
    public void forwardCallerAudio() {
        command(CommandType.FORWARD_CALLER_AUDIO);
    }

    @Override
    public void padCallerAudio(int bytes) {
        command(CommandType.PAD_CALLER_AUDIO, bytes);
    }

    @Override
    public void dropAudio(DropReason reason) {
        command(CommandType.DROP_AUDIO, reason);
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        command(CommandType.REQUEST_RESPONSE, purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        command(CommandType.CANCEL_RESPONSE, responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        command(CommandType.TRUNCATE, itemId, contentIndex, heardMs);
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        command(CommandType.ANSWER_TOOL, toolCallId, answer);
    }

    @Override
    public void closeModel() {
        command(CommandType.CLOSE_MODEL);
    }

    @Override
    public void queueAudio(int response, int part, int generation) {
        command(CommandType.QUEUE_AUDIO, response, part, generation);
    }

    @Override
    public int queueClip(Clip clip, int part, int generation) {
        command(CommandType.QUEUE_CLIP, clip, part, generation);
        return (int) answer(AnswerType.CLIP_QUEUED);
    }

    @Override
    public void queueMark(int generation, int mark) {
        command(CommandType.QUEUE_MARK, generation, mark);
    }

    @Override
    public void stageMark(int generation, int mark) {
        command(CommandType.STAGE_MARK, generation, mark);
    }

    @Override
    public void clear(DropReason reason) {
        command(CommandType.CLEAR, reason);
    }

    @Override
    public void discard(int response, DropReason reason) {
        command(CommandType.DISCARD, response, reason);
    }

    @Override
    public void closeCarrier() {
        command(CommandType.CLOSE_CARRIER);
    }

    @Override
    public void hangUp(HangupReason reason) {
        command(CommandType.HANG_UP, reason);
    }

    @Override
    public void sweepHangup() {
        command(CommandType.SWEEP_HANGUP);
    }

    @Override
    public void release() {
        command(CommandType.RELEASE);
    }

    @Override
    public void goodbyeDetected(String responseId, String transcript) {
        boolean wordsMissing = noted.peek() instanceof Entry.Commanded before
                && before.type() == CommandType.GOODBYE_DETECTED
                && before.arguments().get(1).equals(0);
        command(CommandType.GOODBYE_DETECTED, responseId, wordsMissing ? 0 : transcript.hashCode());
    }

    @Override
    public void politeHangup(Via via, String responseId, Drain drain) {
        command(CommandType.POLITE_HANGUP, via, responseId, drain);
    }

    @Override
    public void conditionsNotMet(Via via, List<HangupCondition> unmet) {
        command(CommandType.CONDITIONS_NOT_MET, via, unmet);
    }

    @Override
    public void hangupExecuted(HangupReason reason) {
        command(CommandType.HANGUP_EXECUTED, reason);
    }

    @Override
    public void note(String what, String detail) {
        command(CommandType.NOTE, what, detail);
    }

    // answers

    private Object answer(AnswerType type) {
        Entry before = noted.poll();
        if (before instanceof Entry.Answered answered && answered.type() == type) {
            return answered.answer();
        }
        if (before != null || !cut) {
            differ(before == null ? "nothing" : before, "a question for " + type);
        }
        throw new Stopped();
    }

    /** Whether the journal gives this answer next: some are noted only when they change. */
    private boolean isNext(AnswerType type) {
        return noted.peek() instanceof Entry.Answered answered && answered.type() == type;
    }

    /** The matchers are asked again, where all words are here. */
    private boolean meaning(AnswerType type, String words, boolean now) {
        boolean before = (boolean) answer(type);
        boolean comparable = !opened.redacted() && words.length() < BlockWriter.MAX_TEXT_CHARS;
        if (comparable && before != now) {
            differ(type + " " + before, type + " " + now);
            throw new Stopped();
        }
        return before;
    }

    @Override
    public boolean claim(HangupReason reason, int response) {
        return (boolean) answer(AnswerType.CLAIMED);
    }

    @Override
    public boolean close() {
        return (boolean) answer(AnswerType.CLOSED);
    }

    @Override
    public HangupLatch.State latchState() {
        if (isNext(AnswerType.STATE)) {
            latchState = (HangupLatch.State) answer(AnswerType.STATE);
        }
        return latchState;
    }

    @Override
    public HangupReason claimedReason() {
        if (isNext(AnswerType.REASON)) {
            claimedReason = (HangupReason) answer(AnswerType.REASON);
        }
        return claimedReason;
    }

    @Override
    public boolean modelSaysGoodbye(CallSettings settings, String transcript) {
        return meaning(AnswerType.MODEL_GOODBYE, transcript, settings.goodbyes().modelSaysGoodbye(transcript));
    }

    @Override
    public boolean callerSaysGoodbye(CallSettings settings, String transcript) {
        return meaning(
                AnswerType.CALLER_GOODBYE, transcript, settings.goodbyes().callerSaysGoodbye(transcript));
    }

    @Override
    public boolean isVoicemail(CallSettings settings, String transcript) {
        return meaning(AnswerType.VOICEMAIL, transcript, settings.voicemail().isVoicemail(transcript));
    }
}
