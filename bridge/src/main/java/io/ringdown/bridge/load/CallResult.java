package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.DeadAir;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.SessionRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What became of one call, as its neighbours saw it when it ended. How often it was hung up is known only at the end of all.
 *
 * @param ending who ended it first
 * @param heardWhole whether the caller heard every byte the model said, in order
 * @param uplink empty when the call never reached a model
 * @param cutOffBytes goodbye not yet heard at the hangup
 * @param deadAirNs empty when nobody hung up
 * @param sessionReadyNs from the carrier's start to the model's session.updated
 * @param firstAudioNs from the model's first delta to the carrier, through the bridge
 * @param gaps how often the caller heard a hole in the model's speech
 * @param tickingLateNs by how much the generator sent each 20 ms of this call too late
 */
record CallResult(
        String callSid,
        CallEnding ending,
        boolean heardWhole,
        Optional<Uplink> uplink,
        int cutOffBytes,
        Optional<Long> deadAirNs,
        Optional<Long> sessionReadyNs,
        Optional<Long> firstAudioNs,
        int gaps,
        long[] tickingLateNs,
        long lastedNs,
        List<String> violations) {
    private static final long FRAME_NS = 20_000_000;

    static CallResult of(
            CarrierCall call, CallEnding ending, Optional<SessionRecord> model, List<RestRequest> hangups) {
        Optional<Long> hungUpNs = hangups.stream().findFirst().map(RestRequest::atNs);
        long[] sentNs = call.uplinkSentNs();
        long endNs = hungUpNs.orElseGet(System::nanoTime);
        return new CallResult(
                call.callSid(),
                ending,
                model.isPresent() && Arrays.equals(said(model.get()), call.heardAudio()),
                model.map(record -> Uplink.of(trace(call, sentNs, record, endNs))),
                call.cutOffBytes(),
                hungUpNs.flatMap(ns -> model.map(record -> DeadAir.ns(call, record, ns))),
                model.flatMap(record -> sessionReady(call, record)),
                model.flatMap(record -> firstAudio(call, record)),
                call.underruns(),
                lateness(sentNs),
                sentNs.length == 0 ? 0 : endNs - sentNs[0],
                call.violations());
    }

    private static byte[] said(SessionRecord model) {
        return model.responses().isEmpty()
                ? new byte[0]
                : model.responses().get(0).audio();
    }

    private static Uplink.Trace trace(CarrierCall call, long[] sentNs, SessionRecord model, long endNs) {
        List<SessionRecord.Received> appends = model.received("input_audio_buffer.append");
        List<SessionRecord.Sent> configured = model.sent("session.updated");
        return new Uplink.Trace(
                call.recordedCallerAudio(),
                sentNs,
                model.callerAudio(),
                appends.stream().mapToInt(SessionRecord.Received::audioBytes).toArray(),
                appends.stream().mapToLong(SessionRecord.Received::atNs).toArray(),
                configured.isEmpty() ? endNs : configured.get(0).atNs(),
                endNs);
    }

    private static Optional<Long> sessionReady(CarrierCall call, SessionRecord model) {
        Optional<SessionRecord.Sent> ready =
                model.sent("session.updated").stream().findFirst();
        Optional<CallMoment> started =
                call.moments(CallMoment.Kind.START_SENT).stream().findFirst();
        return ready.flatMap(sent -> started.map(start -> sent.atNs() - start.atNs()));
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

    /** Frames are due every 20 ms; the one that was least late tells since when. */
    private static long[] lateness(long[] sentNs) {
        long[] late = new long[sentNs.length];
        for (int i = 0; i < sentNs.length; i++) {
            late[i] = sentNs[i] - i * FRAME_NS;
        }
        long punctualNs = Arrays.stream(late).min().orElse(0);
        return Arrays.stream(late).map(ns -> ns - punctualNs).toArray();
    }

    boolean isUplinkWhole() {
        return uplink.isPresent() && uplink.get().whole();
    }

    boolean isGood() {
        return heardWhole && isUplinkWhole() && cutOffBytes == 0 && violations.isEmpty();
    }
}
