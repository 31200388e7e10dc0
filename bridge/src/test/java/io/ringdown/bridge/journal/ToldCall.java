package io.ringdown.bridge.journal;

import io.ringdown.bridge.SilentModelLeg;
import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.PhraseRole;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.journal.Journal;
import io.ringdown.engine.journal.JournalSettings;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CarrierLeg;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.CachedNanoClock;

/** A call on a lane in virtual time whose journal is kept, with a telephone that plays and a model that says what a test says. */
final class ToldCall implements AutoCloseable {
    static final String CALL_SID = "CA0123";
    private static final int BYTES_PER_MS = 8;
    private static final int DELTA_BYTES = 2_000;

    private static final CallSettings SETTINGS = new CallSettings(
            "front_desk",
            DrainPolicy.PLAYBACK,
            false,
            true,
            new GoodbyeMatcher(new GoodbyePhrases(Map.of(PhraseRole.GOODBYE, List.of("goodbye")))),
            new VoicemailMatcher(List.of()),
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());

    private final CachedNanoClock clock = new CachedNanoClock();
    private final Journal journal;
    private final Lane lane;
    private final CallPort port;
    private final Telephone telephone = new Telephone();
    boolean marksAreLost;

    ToldCall(Path directory, boolean redacted) throws IOException {
        clock.update(TimeUnit.DAYS.toNanos(3));
        JournalSettings settings = new JournalSettings(redacted, Duration.ofDays(1), Long.MAX_VALUE);
        journal = Journal.open(directory, settings, System::currentTimeMillis, clock::nanoTime);
        lane = new Lane("lane-0", LaneSettings.forCalls(1), clock, command -> true, () -> {}, journal.lane("lane-0"));
        port = lane.open(SETTINGS, own -> new Legs(telephone, new SilentModelLeg()), over -> {});
        tell(event -> event.callStarted(CALL_SID));
        happens(EventType.MODEL_CONNECTED);
        happens(EventType.SESSION_CONFIRMED);
    }

    void happens(EventType type) {
        tell(event -> event.happened(type));
    }

    void tell(Consumer<CallEvent> fill) {
        port.address().tell(fill);
        lane.doWork();
    }

    void begins(String response) {
        tell(event -> event.responseCreated(response, ResponsePurpose.TURN));
    }

    void greets(String response) {
        tell(event -> event.responseCreated(response, ResponsePurpose.GREETING));
    }

    void speaks(String response, int ms) {
        for (int left = ms * BYTES_PER_MS; left > 0; left -= DELTA_BYTES) {
            int bytes = Math.min(left, DELTA_BYTES);
            Frame frame = lane.downlinkFrame(port);
            frame.filled(Base64Text.length(bytes), bytes);
            tell(event -> event.audioDelta(response, "item", 0, frame));
        }
    }

    void ends(String response, String words) {
        tell(event -> event.audioDone(response, "item", 0));
        tell(event -> event.transcriptDone(response, "item", 0, words));
        tell(event -> event.responseDone(response, ResponseStatus.COMPLETED));
    }

    /** Time passes; marks come back when their audio was heard. */
    void passes(int ms) {
        for (int i = 0; i < ms; i += 10) {
            clock.advance(TimeUnit.MILLISECONDS.toNanos(10));
            telephone.echo();
            lane.doWork();
        }
    }

    @Override
    public void close() {
        journal.close();
    }

    private final class Telephone implements CarrierLeg {
        private record Mark(int generation, int number, long heardNs) {}

        private final ArrayDeque<Mark> marks = new ArrayDeque<>();
        private long playedOutNs;

        @Override
        public void sendAudio(Frame frame) {
            long playNs = TimeUnit.MILLISECONDS.toNanos(frame.audioBytes()) / BYTES_PER_MS;
            playedOutNs = Math.max(playedOutNs, clock.nanoTime()) + playNs;
        }

        @Override
        public void sendMark(int generation, int mark) {
            marks.add(new Mark(generation, mark, playedOutNs));
        }

        void echo() {
            while (!marksAreLost && !marks.isEmpty() && marks.peek().heardNs() <= clock.nanoTime()) {
                Mark mark = marks.poll();
                tell(event -> event.markEchoed(mark.generation(), mark.number()));
            }
        }

        @Override
        public void sendClear() {
            playedOutNs = clock.nanoTime();
        }

        @Override
        public void close() {}
    }
}
