package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What became of one call, as its neighbours saw it.
 *
 * @param hangups requests to end it
 * @param heardWhole whether the caller heard every byte the model said, in order
 * @param sentWhole whether the model received the caller's bytes, in order, from some point before the session on
 * @param cutOffBytes goodbye not yet heard at the hangup
 * @param deadAirNs empty when nobody hung up
 * @param firstAudioNs from the model's first delta to the carrier, through the bridge
 * @param uplinkNs of each 20 ms of the caller's audio, from the carrier to the model
 */
record CallResult(
        int hangups,
        boolean heardWhole,
        boolean sentWhole,
        int cutOffBytes,
        Optional<Long> deadAirNs,
        Optional<Long> firstAudioNs,
        long[] uplinkNs,
        List<String> violations) {
    private static final int FRAME_BYTES = 160;

    /** What is held until the session is configured is late by design: its first second is not looked at. */
    private static final int SETTLING_FRAMES = 50;

    static CallResult of(CarrierCall call, Optional<ModelSession> session, List<RestRequest> requests) {
        Optional<SessionRecord> model = session.map(ModelSession::record);
        return new CallResult(
                requests.size(),
                model.isPresent() && Arrays.equals(said(model.get()), call.heardAudio()),
                model.isPresent() && isPrefix(model.get().callerAudio(), call.recordedCallerAudio()),
                call.cutOffBytes(),
                model.filter(any -> !requests.isEmpty())
                        .map(some -> DeadAir.ns(call, some, requests.get(0).atNs())),
                model.flatMap(some -> firstAudio(call, some)),
                model.map(some -> uplink(call, some)).orElse(new long[0]),
                call.violations());
    }

    private static byte[] said(SessionRecord model) {
        return model.responses().isEmpty()
                ? new byte[0]
                : model.responses().get(0).audio();
    }

    /** What is still under way when the call ends is not lost. */
    private static boolean isPrefix(byte[] received, byte[] sent) {
        return received.length <= sent.length && Arrays.equals(received, Arrays.copyOf(sent, received.length));
    }

    private static Optional<Long> firstAudio(CarrierCall call, SessionRecord model) {
        Optional<SessionRecord.Sent> spoken =
                model.sent().stream().filter(sent -> sent.audioBytes() > 0).findFirst();
        Optional<CallMoment> heard =
                call.moments(CallMoment.Kind.MEDIA_RECEIVED).stream().findFirst();
        return spoken.isPresent() && heard.isPresent()
                ? Optional.of(heard.get().atNs() - spoken.get().atNs())
                : Optional.empty();
    }

    private static long[] uplink(CarrierCall call, SessionRecord model) {
        long[] sentNs = call.uplinkSentNs();
        List<SessionRecord.Received> appends = model.received("input_audio_buffer.append");
        long[] latencies = new long[sentNs.length];
        int count = 0;
        long bytes = 0;
        for (SessionRecord.Received append : appends) {
            bytes += append.audioBytes();
            int frame = (int) (bytes / FRAME_BYTES) - 1;
            if (bytes % FRAME_BYTES == 0 && frame >= SETTLING_FRAMES && frame < sentNs.length) {
                latencies[count++] = append.atNs() - sentNs[frame];
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    boolean isGood() {
        return hangups == 1 && heardWhole && sentWhole && cutOffBytes == 0 && violations.isEmpty();
    }
}
