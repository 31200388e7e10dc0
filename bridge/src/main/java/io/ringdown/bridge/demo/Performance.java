package io.ringdown.bridge.demo;

import io.ringdown.bridge.audio.StereoWav;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.HeardPiece;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A scenario that was played once: its timeline, its outcome, and a recording of what the caller heard.
 *
 * @param recording caller left, model right
 */
record Performance(Scenario scenario, Outcome outcome, Timeline timeline, Path recording) {
    private static final long LONGEST_S = 50;
    private static final int BYTES_PER_MS = 8;
    private static final byte SILENCE = (byte) 0xFF;
    private static final String CONFIGURATION = "lanes: 1\nagent: {greeting_protection: false}\n";

    /** Plays it on a server of its own; blocks until the call is over. */
    static Performance of(Scenario scenario, TappedLog log, Path folder) throws Exception {
        try (Testbed testbed = Testbed.start(any -> scenario.model(), CONFIGURATION)) {
            CarrierCall call =
                    testbed.carrier().place(CallPlan.via(testbed.route()).withScript(scenario.caller()));
            awaitEnd(call, scenario);
            SessionRecord model = testbed.model().sessions().get(0).record();
            List<RestRequest> requests = testbed.rest().requests(call.callSid());
            List<TappedLog.Line> lines = log.awaitEndOf(call.callSid());
            Path recording = folder.resolve(scenario.name() + ".wav");
            write(recording, call);
            return new Performance(
                    scenario,
                    Outcome.of(call, model, requests, lines),
                    Timeline.of(call, model, requests, lines),
                    recording);
        }
    }

    private static void awaitEnd(CarrierCall call, Scenario scenario) throws Exception {
        try {
            call.ending().get(LONGEST_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException("nobody ended the call of scenario " + scenario.name(), e);
        }
    }

    private static void write(Path recording, CarrierCall call) throws IOException {
        long startNs = call.moments(CallMoment.Kind.START_SENT).get(0).atNs();
        byte[] heard = new byte[0];
        for (HeardPiece piece : call.heard()) {
            int at = (int) Math.max(0, (piece.startNs() - startNs) * BYTES_PER_MS / 1_000_000);
            heard = padded(heard, at + piece.muLaw().length);
            System.arraycopy(piece.muLaw(), 0, heard, at, piece.muLaw().length);
        }
        StereoWav.write(recording, call.recordedCallerAudio(), heard);
    }

    private static byte[] padded(byte[] track, int length) {
        if (length <= track.length) {
            return track;
        }
        byte[] longer = Arrays.copyOf(track, length);
        Arrays.fill(longer, track.length, length, SILENCE);
        return longer;
    }

    /** What of the expectation is not so. */
    List<String> unmet() {
        return scenario.expected().unmetBy(outcome);
    }
}
