package io.ringdown.engine.journal;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallMachine;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.PhraseRole;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A machine that does what it is told, with nobody to carry out what it wants, and its journal. */
final class JournalledCall {
    static final CallSettings SETTINGS = new CallSettings(
            "default",
            DrainPolicy.PLAYBACK,
            false,
            false,
            new GoodbyeMatcher(new GoodbyePhrases(Map.of(PhraseRole.GOODBYE, List.of("goodbye")))),
            new VoicemailMatcher(List.of()),
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());

    private static final CallCommands NOBODY = (CallCommands) Proxy.newProxyInstance(
            CallCommands.class.getClassLoader(),
            new Class<?>[] {CallCommands.class},
            (proxy, method, arguments) -> method.getReturnType() == int.class ? 0 : null);

    private final LaneJournal lane;
    private final CallJournal journal;
    private final CallMachine machine;
    private final FramePool frames = new FramePool(3_840, 1);
    private final Frame frame = frames.acquire();
    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private long callerMs;

    JournalledCall(LaneJournal lane) {
        this.lane = lane;
        journal = lane.open(SETTINGS, new HangupLatch(), NOBODY, nowNs);
        machine = new CallMachine(SETTINGS, journal, journal, nowNs);
    }

    JournalledCall started(String callSid) {
        happens(event -> event.callStarted(callSid));
        happens(event -> event.happened(EventType.MODEL_CONNECTED));
        happens(event -> event.happened(EventType.SESSION_CONFIRMED));
        return this;
    }

    /** A turn of the lane with one event, 20 ms after the one before. */
    void happens(Consumer<CallEvent> fill) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(20);
        CallEvent event = new CallEvent();
        fill.accept(event);
        journal.happened(event, nowNs);
        machine.on(event, nowNs);
        lane.commit();
    }

    void callerAudio() {
        happens(event -> event.callerAudio(audio(160), callerMs));
        callerMs += 20;
    }

    private Frame audio(int bytes) {
        frame.filled(Base64Text.length(bytes), bytes);
        return frame;
    }

    /** A response with a sentence and its sound. */
    void modelSays(String response, String words) {
        happens(event -> event.responseCreated(response, ResponsePurpose.TURN));
        happens(event -> event.audioDelta(response, "item of " + response, 0, audio(2_000)));
        happens(event -> event.audioDone(response, "item of " + response, 0));
        happens(event -> event.transcriptDone(response, "item of " + response, 0, words));
    }

    void ends() {
        happens(event -> event.happened(EventType.CARRIER_STOPPED));
    }
}
