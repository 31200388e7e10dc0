package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries out what the machine wants, moves audio within the lead, and reports it, as the real lane does. */
final class FakeLane implements CallCommands {
    /** What the carrier's API does with a hangup. */
    enum Rest {
        CONFIRMS,
        GIVES_UP,
        /** It is never heard of again. */
        FALLS_SILENT,
    }

    static final int CLIP_PIECE_BYTES = 1_920;

    private final VirtualCall call;
    private final ArrayDeque<Frame> out = new ArrayDeque<>();
    private final ArrayDeque<Frame> tx = new ArrayDeque<>();
    private final Map<Integer, Long> acceptedBytes = new HashMap<>();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    final List<HangupReason> hangups = new ArrayList<>();
    final List<HangupReason> executed = new ArrayList<>();

    /** The fixed log lines, and the notes. */
    final List<String> log = new ArrayList<>();

    final List<String> notes = new ArrayList<>();

    final List<List<HangupCondition>> unmet = new ArrayList<>();
    Via unmetVia;
    final List<Clip> clips = new ArrayList<>();
    Drain drain;
    long hungUpNs;
    int sweeps;
    int releases;

    Rest rest = Rest.CONFIRMS;
    int offersRefused;
    boolean carrierStaysAfterConfirm;

    boolean uplinkOpen;
    long uplinkInBytes;
    long forwardedBytes;
    long paddedBytes;

    private CallEvent handled;
    private int frameUses;
    private int clearedGeneration;
    private int queuedGeneration;
    private boolean unflushed;
    private boolean blocked;
    private long blockedBytes;
    private long stageDueNs = Deadlines.NEVER;

    FakeLane(VirtualCall call) {
        this.call = call;
    }

    // the duty cycle

    long dueNs() {
        return isReleased() ? Deadlines.NEVER : Math.min(call.machine.nextDeadlineNs(), stageDueNs);
    }

    boolean isReleased() {
        return releases > 0;
    }

    void move() {
        if (!isReleased() && call.machine.nextDeadlineNs() <= call.nowNs()) {
            call.feed(event -> event.happened(EventType.DEADLINE_PASSED));
        }
        stage();
        send();
        observeSocket();
    }

    private void stage() {
        stageDueNs = Deadlines.NEVER;
        long leadBytes = MuLaw.bytesIn(call.settings.times().leadNs());
        while (!out.isEmpty() && !isReleased()) {
            Frame next = out.peek();
            long ahead = call.machine.aheadBytes(call.nowNs());
            long excess = ahead + next.audioBytes() - leadBytes;
            if (!next.isMark() && ahead > 0 && excess > 0) {
                stageDueNs = call.nowNs() + MuLaw.durationNs(Math.min(excess, ahead));
                return;
            }
            tx.add(out.poll());
            if (!next.isMark()) {
                call.feed(event -> event.audioMoved(EventType.AUDIO_STAGED, next));
            }
        }
    }

    private void send() {
        while (!tx.isEmpty() && call.carrier.isWritable()) {
            Frame frame = tx.poll();
            assertThat(frame.generation()).as("cleared audio was sent").isGreaterThan(clearedGeneration);
            unflushed = true;
            if (frame.isMark()) {
                call.carrier.sendMark(frame.generation(), frame.mark());
                call.feed(event -> event.markSent(frame.generation(), frame.mark()));
            } else {
                call.carrier.sendAudio(frame.response(), frame.audioBytes());
                call.feed(event -> event.audioMoved(EventType.AUDIO_SENT, frame));
            }
            frame.release();
        }
    }

    private void observeSocket() {
        if (!unflushed && !blocked) {
            return;
        }
        unflushed = false;
        call.carrier.flush();
        long pendingBytes = call.carrier.pendingBytes();
        if (pendingBytes == 0 && tx.isEmpty()) {
            blocked = false;
            call.feed(event -> event.happened(EventType.TX_DRAINED));
        } else if (!blocked) {
            blocked = true;
            call.feed(event -> event.happened(EventType.TX_BLOCKED));
        } else if (pendingBytes < blockedBytes) {
            call.feed(event -> event.happened(EventType.TX_PROGRESSED));
        }
        blockedBytes = pendingBytes;
    }

    // the event being handled

    void handles(CallEvent event) {
        handled = event;
        frameUses = 0;
        if (event.type() == EventType.CALLER_AUDIO) {
            uplinkInBytes += event.bytes();
        }
    }

    void handled(CallEvent event) {
        boolean carriedFrame = event.type() == EventType.CALLER_AUDIO || event.type() == EventType.AUDIO_DELTA;
        assertThat(frameUses).as("uses of the frame of %s", event).isEqualTo(carriedFrame ? 1 : 0);
        assertThat(event.frame()).as("frame of %s", event).isNull();
        handled = null;
    }

    private Frame takeFrame() {
        frameUses++;
        return handled.takeFrame();
    }

    /** Audio of a response that was queued and is neither dropped nor heard. */
    long unheardBytes(int response) {
        return acceptedBytes.getOrDefault(response, 0L) - call.carrier.heardBytes(response);
    }

    long droppedBytes(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    long outBytes() {
        return out.stream().mapToLong(Frame::audioBytes).sum();
    }

    private long uplinkDropped;

    long uplinkDroppedBytes() {
        return uplinkDropped;
    }

    // commands

    private void alive() {
        assertThat(releases).as("commands after the release").isZero();
    }

    @Override
    public void connectModel() {
        alive();
        call.model.connects++;
    }

    @Override
    public void configureSession() {
        alive();
        call.model.configures++;
    }

    @Override
    public void openUplink() {
        alive();
        uplinkOpen = true;
    }

    @Override
    public void forwardCallerAudio() {
        alive();
        Frame frame = takeFrame();
        forwardedBytes += frame.audioBytes();
        frame.release();
    }

    @Override
    public void padCallerAudio(int bytes) {
        alive();
        assertThat(bytes).as("padding").isPositive();
        paddedBytes += bytes;
        forwardedBytes += bytes;
    }

    @Override
    public void dropAudio(DropReason reason) {
        Frame frame = takeFrame();
        count(reason, frame.audioBytes());
        if (handled.type() == EventType.CALLER_AUDIO) {
            uplinkDropped += frame.audioBytes();
        }
        frame.release();
    }

    private void count(DropReason reason, long bytes) {
        dropped.merge(reason, bytes, Long::sum);
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        alive();
        call.model.requests.add(purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        alive();
        assertThat(call.model.cancels).as("cancelled twice").doesNotContain(responseId);
        call.model.cancels.add(responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        alive();
        assertThat(heardMs).isNotNegative();
        call.model.truncations.add(itemId + " at " + heardMs);
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        alive();
        assertThat(toolCallId).as("whose answer").startsWith("call-");
        call.model.toolAnswers.add(answer);
    }

    @Override
    public void closeModel() {
        alive();
        call.model.closes++;
    }

    @Override
    public void queueAudio(int response, int part, int generation) {
        alive();
        queue(takeFrame(), response, part, generation);
    }

    private void queue(Frame frame, int response, int part, int generation) {
        queuedGeneration = generation;
        frame.belongsTo(response, part, generation);
        acceptedBytes.merge(response, (long) frame.audioBytes(), Long::sum);
        out.add(frame);
    }

    @Override
    public int queueClip(Clip clip, int part, int generation) {
        alive();
        clips.add(clip);
        int bytes = call.settings.clips().getOrDefault(clip, new byte[0]).length;
        for (int left = bytes; left > 0; left -= CLIP_PIECE_BYTES) {
            queue(call.frame(Math.min(left, CLIP_PIECE_BYTES)), 0, part, generation);
        }
        return bytes;
    }

    @Override
    public void queueMark(int generation, int mark) {
        alive();
        out.add(mark(generation, mark));
    }

    @Override
    public void stageMark(int generation, int mark) {
        alive();
        tx.add(mark(generation, mark));
    }

    private Frame mark(int generation, int mark) {
        queuedGeneration = generation;
        Frame frame = call.frames.acquire();
        frame.marks(mark, generation);
        return frame;
    }

    @Override
    public void clear(DropReason reason) {
        alive();
        clearedGeneration = queuedGeneration;
        drop(out, reason);
        drop(tx, reason);
        call.carrier.sendClear();
        unflushed = true;
        acceptedBytes.replaceAll((response, bytes) -> call.carrier.heardBytes(response));
    }

    private void drop(ArrayDeque<Frame> frames, DropReason reason) {
        while (!frames.isEmpty()) {
            count(reason, frames.peek().audioBytes());
            frames.poll().release();
        }
    }

    @Override
    public void discard(int response, DropReason reason) {
        alive();
        out.removeIf(frame -> {
            boolean its = !frame.isMark() && frame.response() == response;
            if (its) {
                count(reason, frame.audioBytes());
                acceptedBytes.merge(response, (long) -frame.audioBytes(), Long::sum);
                frame.release();
            }
            return its;
        });
    }

    @Override
    public void closeCarrier() {
        alive();
        call.carrier.close();
    }

    @Override
    public void hangUp(HangupReason reason) {
        alive();
        assertThat(call.latch.reason()).isEqualTo(reason);
        hangups.add(reason);
        hungUpNs = call.nowNs();
        offer();
    }

    @Override
    public void sweepHangup() {
        alive();
        sweeps++;
        offer();
    }

    private void offer() {
        if (offersRefused > 0) {
            offersRefused--;
        } else if (call.latch.execute()) {
            call.after(50 * VirtualCall.NS_PER_MS, this::answer);
        }
    }

    private void answer() {
        if (rest == Rest.FALLS_SILENT) {
            return;
        }
        call.latch.done();
        call.happens(rest == Rest.CONFIRMS ? EventType.HANGUP_CONFIRMED : EventType.HANGUP_GAVE_UP);
        if (rest == Rest.CONFIRMS && !carrierStaysAfterConfirm) {
            call.after(100 * VirtualCall.NS_PER_MS, call.carrier::stops);
        }
    }

    @Override
    public void release() {
        releases++;
    }

    @Override
    public void goodbyeDetected(String responseId, String transcript) {
        log.add("bye " + responseId);
    }

    @Override
    public void politeHangup(Via via, String responseId, Drain drain) {
        this.drain = drain;
        log.add("polite via=" + via.logName() + " " + responseId + " drain=" + drain.logName());
    }

    @Override
    public void conditionsNotMet(Via via, List<HangupCondition> conditions) {
        assertThat(conditions).isNotEmpty();
        unmet.add(conditions);
        unmetVia = via;
    }

    @Override
    public void hangupExecuted(HangupReason reason) {
        executed.add(reason);
        log.add("executed " + reason.logName());
    }

    @Override
    public void note(String what, String detail) {
        for (Drain possible : Drain.values()) {
            drain = what.endsWith("drain=" + possible.logName()) ? possible : drain;
        }
        log.add(what);
        notes.add(what + ": " + detail);
    }
}
