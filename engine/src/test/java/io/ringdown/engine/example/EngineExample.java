package io.ringdown.engine.example;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.io.PrintStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;

/** One call on a lane of its own, without telephone, model or thread: it says goodbye and is hung up when that is heard. */
public final class EngineExample {
    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream console) {
        CachedNanoClock clock = new CachedNanoClock();
        Lane lane = new Lane("lane-0", LaneSettings.forCalls(1), clock, new PrintingHangups(console), () -> {});
        CallSettings settings = new CallSettings(
                "default",
                DrainPolicy.PLAYBACK,
                false,
                true,
                new GoodbyeMatcher(GoodbyePhrases.defaults()),
                new VoicemailMatcher(List.of()),
                Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                CallSettings.Times.defaults());
        CallPort port = lane.open(
                settings,
                own -> new Legs(new PrintingCarrier(console), new PrintingModel(console)),
                over -> console.println("over: " + over.callSid() + ", " + over.reason()));

        CallAddress call = port.address();
        call.tell(event -> event.callStarted("CA1"));
        call.tell(event -> event.happened(EventType.MODEL_CONNECTED));
        call.tell(event -> event.happened(EventType.SESSION_CONFIRMED));
        call.tell(event -> event.responseCreated("resp_1", ResponsePurpose.TURN));
        call.tell(event -> event.audioDelta("resp_1", "item_1", 0, filled(lane.downlinkFrame(port), new byte[2_000])));
        call.tell(event -> event.audioDone("resp_1", "item_1", 0));
        call.tell(event -> event.transcriptDone("resp_1", "item_1", 0, "Thank you, goodbye!"));
        call.tell(event -> event.responseDone("resp_1", ResponseStatus.COMPLETED));
        lane.doWork(); // the goodbye is on its way, and nobody hangs up

        clock.advance(TimeUnit.MILLISECONDS.toNanos(250));
        call.tell(event -> event.markEchoed(1, 1));
        console.println("the caller heard it");
        lane.doWork(); // now the hangup is ordered

        call.tell(event -> event.happened(EventType.HANGUP_CONFIRMED));
        call.tell(event -> event.happened(EventType.CARRIER_STOPPED));
        lane.doWork();
    }

    private static Frame filled(Frame frame, byte[] muLaw) {
        int chars = Base64.getEncoder().encode(muLaw, frame.text());
        frame.filled(chars, muLaw.length);
        return frame;
    }
}
