package io.ringdown.stress;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CarrierLeg;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import io.ringdown.engine.lane.ModelLeg;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A real lane with one call, in time that stands still, whose model speaks: 20 ms are at the carrier, and more may come.
 * {@link #tell} and {@link #shutDown} are for any thread, all else is the lane's.
 */
final class StagedCall {
    private static final LaneSettings TINY = new LaneSettings(Ring.SLOTS, 1, 1, 2, 16_000, 80_000);
    private static final CallSettings SETTINGS = new CallSettings(
            "default",
            DrainPolicy.PLAYBACK,
            false,
            false,
            new GoodbyeMatcher(GoodbyePhrases.defaults()),
            new VoicemailMatcher(VoicemailMatcher.defaultPhrases()),
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());

    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicInteger executed = new AtomicInteger();
    private final QuietCarrier carrier = new QuietCarrier();
    private final Lane lane = new Lane("lane-0", TINY, () -> 1, this::take, () -> {});
    private final CallPort port = lane.open(SETTINGS, opened -> new Legs(carrier, new QuietModel()), summary -> {});

    StagedCall() {
        say(event -> event.callStarted("CA1"));
        say(event -> event.happened(EventType.MODEL_CONNECTED));
        say(event -> event.happened(EventType.SESSION_CONFIRMED));
        say(event -> event.responseCreated("resp", ResponsePurpose.TURN));
        Frame frame = lane.downlinkFrame(port);
        frame.filled(216, 160);
        say(event -> event.audioDelta("resp", "item", 0, frame));
    }

    /** A call of a lane that nobody turns. */
    static CallAddress address() {
        return new StagedCall().port.address();
    }

    private boolean take(HangupCommand command) {
        commands.incrementAndGet();
        if (command.latch().execute()) {
            executed.incrementAndGet();
            command.latch().done();
        }
        return true;
    }

    /** One event of the call's own legs, handled. */
    private void say(Consumer<CallEvent> fill) {
        long sequence = port.claim();
        if (sequence == EventRing.FULL) {
            throw new IllegalStateException("the lane drains before it claims in vain");
        }
        fill.accept(port.slot(sequence));
        port.publish(sequence);
        turn();
    }

    void turn() {
        do {
            lane.doWork();
        } while (lane.hasWork());
    }

    /** What is published is handled, and the response ends. Only the caller has yet to hear it. */
    void finish() {
        turn();
        say(event -> event.responseDone("resp", ResponseStatus.COMPLETED));
    }

    /** The caller has heard all there is. */
    void hear() {
        for (Mark mark = carrier.marks.poll(); mark != null; mark = carrier.marks.poll()) {
            Mark heard = mark;
            say(event -> event.markEchoed(heard.generation, heard.number));
        }
    }

    boolean tell(Consumer<CallEvent> fill) {
        return port.address().tell(fill);
    }

    /** As the supervisor does with a call whose lane does not answer. */
    void shutDown() {
        HangupLatch latch = port.address().latch();
        latch.claim(HangupReason.SHUTDOWN, 0);
        if (latch.state() == HangupLatch.State.CLAIMED) {
            take(new HangupCommand("CA1", latch.reason(), latch, port.address()));
        }
    }

    int commands() {
        return commands.get();
    }

    int executed() {
        return executed.get();
    }

    long refused() {
        return lane.counters().get(LaneCounter.EVENTS_REFUSED);
    }

    /** Whether the carrier was told to forget what it holds, because the caller spoke. */
    boolean isCleared() {
        return carrier.cleared;
    }

    private record Mark(int generation, int number) {}

    private static final class QuietCarrier implements CarrierLeg {
        private final ArrayDeque<Mark> marks = new ArrayDeque<>();
        private boolean cleared;

        @Override
        public void sendAudio(Frame frame) {}

        @Override
        public void sendMark(int generation, int mark) {
            marks.add(new Mark(generation, mark));
        }

        @Override
        public void sendClear() {
            cleared = true;
        }

        @Override
        public void close() {}
    }

    private static final class QuietModel implements ModelLeg {
        @Override
        public void connect() {}

        @Override
        public void configure() {}

        @Override
        public void sendAudio(Frame frame) {}

        @Override
        public void sendSilence(int bytes) {}

        @Override
        public void requestResponse(ResponsePurpose purpose) {}

        @Override
        public void cancelResponse(String responseId) {}

        @Override
        public void truncate(String itemId, int contentIndex, int heardMs) {}

        @Override
        public void answerTool(String toolCallId, ToolAnswer answer) {}

        @Override
        public void close() {}
    }
}
