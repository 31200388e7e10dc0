package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One call machine and the world it believes in: a lane, a carrier and a model, in virtual time. Every event passes
 * {@link #feed}, and after each the promises of {@link Promises} are checked.
 */
final class VirtualCall {
    static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private record Due(long atNs, long order, Runnable task) {}

    final CallSettings settings;
    final HangupLatch latch = new HangupLatch();
    final FramePool frames = new FramePool(3_840, 100_000);
    final List<String> trace = new ArrayList<>();
    final FakeCarrier carrier;
    final FakeModel model;
    final FakeLane lane;
    final CallMachine machine;

    private final Promises promises;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::order));
    private long nowNs = 5_000 * NS_PER_MS;
    private long scheduled;
    private long callerMs;
    private long callerBytes;

    VirtualCall(CallSettings settings) {
        this.settings = settings;
        carrier = new FakeCarrier(this);
        model = new FakeModel(this);
        lane = new FakeLane(this);
        promises = new Promises(this);
        machine = new CallMachine(settings, latch, lane, nowNs);
    }

    /** A call whose carrier has connected and not said who it is. */
    static VirtualCall connected() {
        return new VirtualCall(CallScript.settings());
    }

    /** A call in which both sides can speak. */
    static VirtualCall talking() {
        return talking(CallScript.settings());
    }

    static VirtualCall talking(CallSettings settings) {
        return new VirtualCall(settings).begins();
    }

    VirtualCall begins() {
        carrier.starts();
        model.connects();
        model.confirms();
        return this;
    }

    // time

    long nowNs() {
        return nowNs;
    }

    long nowMs() {
        return nowNs / NS_PER_MS;
    }

    void after(long delayNs, Runnable task) {
        agenda.add(new Due(nowNs + delayNs, scheduled++, task));
    }

    void runMs(long ms) {
        long endNs = nowNs + ms * NS_PER_MS;
        for (long nextNs = nextNs(); nextNs <= endNs; nextNs = nextNs()) {
            nowNs = Math.max(nowNs, nextNs);
            if (!agenda.isEmpty() && agenda.peek().atNs() <= nowNs) {
                agenda.poll().task().run();
            } else {
                lane.move();
            }
        }
        nowNs = endNs;
    }

    /** Time passes, and nothing runs: what was due is late. */
    void standStillMs(long ms) {
        nowNs += ms * NS_PER_MS;
    }

    private long nextNs() {
        long nextNs = lane.dueNs();
        return agenda.isEmpty() ? nextNs : Math.min(nextNs, agenda.peek().atNs());
    }

    // events

    /** Something happens outside the lane, which then moves what can move. */
    void happens(Consumer<CallEvent> fill) {
        feed(fill);
        lane.move();
    }

    void happens(EventType type) {
        happens(event -> event.happened(type));
    }

    void feed(Consumer<CallEvent> fill) {
        CallEvent event = new CallEvent().to(3, 1);
        fill.accept(event);
        trace.add(nowMs() + " " + event);
        if (lane.isReleased()) {
            giveBack(event.takeFrame());
            return;
        }
        promises.before(event);
        lane.handles(event);
        machine.on(event, nowNs);
        lane.handled(event);
        promises.after(event);
    }

    /** Something that the lane would not even tell the machine any more. */
    void feedAfterTheEnd(Consumer<CallEvent> fill) {
        CallEvent event = new CallEvent().to(3, 1);
        fill.accept(event);
        lane.handles(event);
        machine.on(event, nowNs);
        lane.handled(event);
    }

    private static void giveBack(Frame frame) {
        if (frame != null) {
            frame.release();
        }
    }

    Frame frame(int bytes) {
        Frame frame = frames.acquire();
        frame.filled(Base64Text.length(bytes), bytes);
        return frame;
    }

    // the caller

    void callerSpeaks() {
        happens(EventType.SPEECH_STARTED);
    }

    void callerStops() {
        happens(EventType.SPEECH_STOPPED);
    }

    /** A whole turn of the caller, as the model tells it. */
    void callerSays(String words) {
        callerSpeaks();
        runMs(400);
        callerStops();
        callerWords(words);
    }

    void callerWords(String words) {
        happens(event -> event.callerTranscribed("caller-item", words));
    }

    /** 20 ms of the caller's line. */
    void callerAudio() {
        callerAudioAt(callerMs);
    }

    void callerAudioAt(long timestampMs) {
        callerBytes += 160;
        callerMs = timestampMs + 20;
        happens(event -> event.callerAudio(frame(160), timestampMs));
    }

    long callerBytes() {
        return callerBytes;
    }

    // what is expected of it

    /** Until when nothing but an event moves the call. */
    long nextDeadlineMs() {
        return (machine.nextDeadlineNs() - nowNs) / NS_PER_MS;
    }

    List<HangupReason> hangups() {
        return lane.hangups;
    }

    void assertNoHangup() {
        assertThat(hangups()).as("%s", this).isEmpty();
        assertThat(machine.phase()).as("%s", this).isEqualTo(Phase.TALKING);
    }

    void assertHungUp(HangupReason reason) {
        assertThat(hangups()).as("%s", this).containsExactly(reason);
    }

    /** Whatever still happens, the call comes to its end, and nothing is left of it. */
    void assertEnds() {
        if (machine.phase() != Phase.CLOSED && lane.hangups.isEmpty()) {
            carrier.stops();
        }
        assertEndsByItself();
    }

    void assertEndsByItself() {
        for (int minutes = 0; minutes < 20 && machine.phase() != Phase.CLOSED; minutes++) {
            runMs(60_000);
        }
        assertThat(machine.phase()).as("%s", this).isEqualTo(Phase.CLOSED);
        assertThat(machine.nextDeadlineNs()).as("deadlines left").isEqualTo(Deadlines.NEVER);
        assertThat(lane.releases).as("releases").isEqualTo(1);
        assertThat(frames.lent()).as("frames not given back").isZero();
        assertThat(lane.uplinkInBytes + lane.paddedBytes)
                .as("in + padded = forwarded + dropped")
                .isEqualTo(lane.forwardedBytes + lane.uplinkDroppedBytes());
    }

    @Override
    public String toString() {
        return String.join("\n", trace);
    }
}
