package io.ringdown.bridge.demo;

import io.ringdown.bridge.audio.StereoWav;
import io.ringdown.bridge.simulator.PatientLimits;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.HeardPiece;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A scenario that was played once: its timeline, its outcome, and a recording of what the caller heard.
 *
 * @param recording caller left, model right
 * @param standstillMs how long at a stretch the machine did not run it, at most
 */
record Performance(
        Scenario scenario, Outcome outcome, List<Timeline.Entry> timeline, Path recording, long standstillMs) {
    /** A caller hears a hole when the bridge is late by as much: what it sends at a time lasts that long. */
    private static final long DISTURBED_MS = 250;

    /** A scenario's own words, its answers, and a bound for a call that nobody ends. */
    private static final long SLACK_S = 50;

    private static final long FAREWELL_S = 15;

    private static final int BYTES_PER_MS = 8;
    private static final byte SILENCE = (byte) 0xFF;

    /** A caller's recording may be long, and silent for long. */
    private static final String CONFIGURATION = """
            lanes: 1
            journal_dir: ""
            agent: {greeting_protection: false}
            limits: {silence_timeout_s: %1$d, max_duration_s: %1$d, %2$s}
            """;

    /** Plays it on a server of its own; blocks until the call is over. */
    static Performance of(Scenario scenario, TappedLog log, Path folder) throws Exception {
        long longestS = scenario.callerMs() / 1_000 + SLACK_S;
        String configuration = String.format(Locale.ROOT, CONFIGURATION, longestS, PatientLimits.YAML);
        try (Standstill standstill = Standstill.begin();
                Testbed testbed = Testbed.start(any -> scenario.model(), configuration)) {
            CarrierCall call =
                    testbed.carrier().place(CallPlan.via(testbed.route()).withScript(scenario.caller()));
            awaitEnd(call, longestS);
            SessionRecord model = testbed.model().sessions().get(0).record();
            List<TappedLog.Line> lines = log.awaitEndOf(call.callSid());
            List<RestRequest> requests = testbed.rest().requests(call.callSid());
            Path recording = folder.resolve(scenario.name() + ".wav");
            write(recording, call);
            return new Performance(
                    scenario,
                    Outcome.of(call, model, requests, lines),
                    Timeline.of(call, model, requests, lines),
                    recording,
                    standstill.longestMs());
        }
    }

    /** The bridge itself ends what lasts too long; if it does not, the caller gives up, and that is told. */
    private static void awaitEnd(CarrierCall call, long longestS) throws Exception {
        try {
            call.ending().get(longestS + FAREWELL_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            call.perform(CallerAction.hangUp());
            call.ending().get(FAREWELL_S, TimeUnit.SECONDS);
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

    /** Not as expected, and that may be the machine's doing. */
    boolean provesNothing() {
        return !unmet().isEmpty() && standstillMs >= DISTURBED_MS;
    }

    /** What of the expectation is not so. */
    List<String> unmet() {
        return scenario.expected().unmetBy(outcome);
    }
}
