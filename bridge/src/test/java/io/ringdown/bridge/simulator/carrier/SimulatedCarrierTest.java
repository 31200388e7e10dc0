package io.ringdown.bridge.simulator.carrier;

import static io.ringdown.bridge.simulator.carrier.CallerAction.drop;
import static io.ringdown.bridge.simulator.carrier.CallerAction.dtmf;
import static io.ringdown.bridge.simulator.carrier.CallerAction.hangUp;
import static io.ringdown.bridge.simulator.carrier.CallerAction.say;
import static io.ringdown.bridge.simulator.carrier.PlayoutTest.audio;
import static io.ringdown.bridge.simulator.carrier.PlayoutTest.join;
import static io.ringdown.bridge.simulator.carrier.TestBridgeLeg.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.simulator.carrier.CallEnding.Cause;
import io.ringdown.bridge.simulator.carrier.CallMoment.Kind;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A carrier against a bridge of the test's own, on real sockets and the real clock, whose times are lower bounds only. */
class SimulatedCarrierTest {
    private static final Account ACCOUNT = Account.unsigned("AC22222222222222222222222222222222");
    private static final long MS = 1_000_000;

    private final TestBridge bridge = new TestBridge();
    private final SimulatedCarrier carrier = SimulatedCarrier.start(ACCOUNT);

    @AfterEach
    void closeBoth() {
        carrier.close();
        bridge.close();
    }

    @Test
    void shouldOpenTheStreamAsTheCarrierDoes() throws Exception {
        CarrierCall call = carrier.place(plan().withParameters(Map.of("token", "k\"7")));
        TestBridgeLeg leg = bridge.leg().started();
        assertThat(leg.uri).isEqualTo("/twilio/media");
        assertThat(leg.headers.get("User-Agent")).isEqualTo("Twilio.TmeWs/1.0");
        assertThat(leg.headers.get("Host")).isEqualTo("127.0.0.1");
        assertThat(leg.headers.names()).doesNotContain("Origin", "origin", "X-Twilio-Signature");
        assertThat(leg.headers.contains("Sec-WebSocket-Extensions")).isFalse();
        assertThat(leg.headers.contains("Sec-WebSocket-Protocol")).isFalse();
        assertThat(leg.raw().get(0)).isEqualTo("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        JsonNode start = leg.all("start").get(0).json();
        assertThat(start.get("sequenceNumber").isTextual()).isTrue();
        assertThat(start.get("sequenceNumber").asText()).isEqualTo("1");
        assertThat(start.at("/start/callSid").asText())
                .isEqualTo(call.callSid())
                .matches("CA[0-9a-f]{32}");
        assertThat(start.at("/start/streamSid").asText())
                .isEqualTo(call.streamSid())
                .matches("MZ[0-9a-f]{32}");
        assertThat(start.at("/start/accountSid").asText()).isEqualTo(ACCOUNT.sid());
        assertThat(start.at("/start/customParameters/token").asText()).isEqualTo("k\"7");
        assertThat(start.at("/start/mediaFormat/sampleRate").isNumber()).isTrue();
    }

    @Test
    void shouldSendTheCallersVoiceInNumberedMessages() throws Exception {
        CarrierCall call = carrier.place(plan().withScript(CallerScript.SILENT.at(0, say(Speech.of(audio(60, 7))))));
        TestBridgeLeg leg = bridge.leg().started();
        soon().until(() -> leg.all("media").size() >= 5);
        call.perform(hangUp());
        soon().until(leg::isClosed);
        assertThat(leg.events()).startsWith("connected", "start").endsWith("stop");
        assertNumbered(leg.all());
        List<JsonNode> media =
                leg.all("media").stream().map(message -> message.json()).toList();
        assertThat(media).allSatisfy(json -> {
            assertThat(json.at("/media/track").asText()).isEqualTo("inbound");
            assertThat(json.at("/media/timestamp").isTextual()).isTrue();
        });
        assertThat(media)
                .extracting(json -> json.at("/media/chunk").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, media.size())
                        .mapToObj(Integer::toString)
                        .toList());
        byte[] sent = join(media.stream()
                .map(json ->
                        Base64.getDecoder().decode(json.at("/media/payload").asText()))
                .toArray(byte[][]::new));
        assertThat(sent).isEqualTo(call.recordedCallerAudio()).contains(audio(60, 7));
        assertThat(call.uplinkBytes()).isEqualTo(sent.length);
        assertThat(leg.closeCode()).isEqualTo(1000);
        assertThat(ending(call).cause()).isEqualTo(Cause.CALLER_HUNG_UP);
    }

    @Test
    void shouldEchoMarksInOrderAndNeverBeforeTheirAudioIsHeard() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.mark("idle");
        leg.marks(1);
        long sentNs = System.nanoTime();
        leg.media(audio(100, 1));
        leg.mark("a");
        leg.media(audio(15, 2));
        leg.media(audio(50, 3));
        leg.mark("b");
        leg.mark("c");
        assertThat(leg.marks(4)).containsExactly("idle", "a", "b", "c");
        List<Long> echoedNs =
                leg.all("mark").stream().map(TestBridgeLeg.Received::atNs).toList();
        assertThat(echoedNs.get(1) - sentNs).isGreaterThanOrEqualTo(100 * MS);
        assertThat(echoedNs.get(2) - sentNs).isGreaterThanOrEqualTo(165 * MS);
        assertThat(call.heardAudio()).isEqualTo(join(audio(100, 1), audio(15, 2), audio(50, 3)));
        assertThat(call.lastHeardNs()).isLessThanOrEqualTo(echoedNs.get(3));
        assertThat(call.marks()).extracting(MarkEcho::cleared).containsOnly(false);
        assertThat(call.moments(Kind.MARK_ECHOED)).hasSize(4);
        assertThat(call.violations()).isEmpty();
    }

    @Test
    void shouldReturnAllMarksAndDiscardTheirAudioOnClear() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(60_000, 1));
        leg.mark("a");
        leg.media(audio(60_000, 2));
        leg.mark("b");
        leg.clear();
        assertThat(leg.marks(2)).containsExactly("a", "b");
        assertThat(call.marks()).extracting(MarkEcho::cleared).containsOnly(true);
        leg.media(audio(20, 3));
        leg.mark("next");
        leg.marks(3);
        assertThat(call.heardBytes()).isLessThan(120_000 * Speech.BYTES_PER_MS);
        assertThat(call.heardAudio()).doesNotContain(2).endsWith(audio(20, 3));
        assertThat(call.downlinkBytes()).isEqualTo(120_020 * Speech.BYTES_PER_MS);
    }

    @Test
    void shouldStopAtOnceWhenTheCallIsCompletedAndCountWhatWasCutOff() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(10_000, 1));
        leg.mark("end");
        soon().until(() ->
                call.heardBytes() > 0 && call.moments(Kind.MARK_RECEIVED).size() == 1);
        assertThat(carrier.completedByRest(call.callSid())).isEqualTo(Completion.COMPLETED);
        assertThat(carrier.completedByRest(call.callSid())).isEqualTo(Completion.NOT_IN_PROGRESS);
        assertThat(ending(call)).isEqualTo(new CallEnding(Cause.COMPLETED_BY_REST, 1000, "closed by the server"));
        assertThat(leg.events()).endsWith("stop");
        assertThat(leg.marks()).isEmpty();
        assertThat(call.cutOffBytes()).isPositive();
        assertThat(call.heardBytes() + call.cutOffBytes()).isEqualTo(call.downlinkBytes());
        assertThat(call.timeline())
                .extracting(CallMoment::kind)
                .containsExactly(
                        Kind.CONNECTED,
                        Kind.START_SENT,
                        Kind.MEDIA_RECEIVED,
                        Kind.MARK_RECEIVED,
                        Kind.REST_COMPLETED,
                        Kind.STOP_SENT,
                        Kind.CLOSED);
        assertThat(carrier.completedByRest(call.callSid())).isEqualTo(Completion.NOT_IN_PROGRESS);
        assertThat(carrier.completedByRest("CA0")).isEqualTo(Completion.UNKNOWN);
    }

    @Test
    void shouldCutNothingOffWhenTheBridgeWaitedForTheMark() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(80, 1));
        leg.mark("end");
        leg.marks(1);
        carrier.completedByRest(call.callSid());
        ending(call);
        assertThat(call.cutOffBytes()).isZero();
        long completedNs = call.moments(Kind.REST_COMPLETED).get(0).atNs();
        assertThat(call.lastHeardNs()).isLessThanOrEqualTo(completedNs);
    }

    @Test
    void shouldRecordEveryMessageThatIsAgainstTheProtocol() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.send("{\"event\":\"mark\",\"streamSid\":\"" + call.streamSid() + "\"}");
        leg.send("{\"event\":\"clear\",\"streamSid\":\"MZ9\"}");
        leg.sendBinary();
        leg.send("");
        leg.mark("fine");
        leg.marks(1);
        assertThat(call.violations())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("31951 missing mark.name: {\"event\":\"mark\""),
                        two -> assertThat(two).startsWith("31951 missing or foreign streamSid: "),
                        three -> assertThat(three).startsWith("31950 binary message"),
                        four -> assertThat(four).startsWith("31951 not an object"));
    }

    @Test
    void shouldRecordHowTheServerClosed() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        leg.close(1008);
        assertThat(ending(call))
                .extracting(CallEnding::cause, CallEnding::code)
                .containsExactly(Cause.SERVER_CLOSED, 1008);
        soon().until(() -> leg.closeCode() == 1008);
        assertThat(leg.all("stop")).isEmpty();
        assertThat(carrier.completedByRest(call.callSid())).isEqualTo(Completion.NOT_IN_PROGRESS);
    }

    @Test
    void shouldRecordAConnectionLostWithoutAWord() throws Exception {
        CarrierCall call = carrier.place(plan());
        bridge.leg().started().dropSocket();
        assertThat(ending(call).cause()).isEqualTo(Cause.CONNECTION_LOST);
    }

    @Test
    void shouldSendDigits() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        call.perform(dtmf('#'));
        soon().until(() -> leg.all("dtmf").size() == 1);
        JsonNode digit = leg.all("dtmf").get(0).json();
        assertThat(digit.at("/dtmf/digit").asText()).isEqualTo("#");
        assertThat(digit.at("/dtmf/track").asText()).isEqualTo("inbound_track");
    }

    @Test
    void shouldAnswerInterruptAndHangUpByWhatIsHeard() throws Exception {
        CallerScript script = CallerScript.SILENT
                .afterHearing(60, say(Speech.of(audio(40, 1))))
                .whileHearing(100, say(Speech.of(audio(40, 2))))
                .afterHearing(60, hangUp());
        CarrierCall call = carrier.place(plan().withScript(script));
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(100, 9));
        awaitCallerSays(call, 1);
        leg.media(audio(20_000, 9));
        awaitCallerSays(call, 2);
        assertThat(call.heardBytes()).isGreaterThanOrEqualTo(200 * Speech.BYTES_PER_MS);
        leg.clear();
        leg.media(audio(40, 9));
        assertThat(ending(call).cause()).isEqualTo(Cause.CALLER_HUNG_UP);
        assertThat(call.cutOffBytes()).isZero();
    }

    @Test
    void shouldKeepFiguresOnlyWhenAskedTo() throws Exception {
        CarrierCall call = carrier.place(plan().withRecording(CallPlan.Recording.FIGURES));
        TestBridgeLeg leg = bridge.leg().started();
        leg.media(audio(40, 1));
        leg.mark("end");
        leg.marks(1);
        assertThat(call.heardBytes()).isEqualTo(320);
        assertThat(call.heardAudio()).isEmpty();
        assertThat(call.recordedCallerAudio()).isEmpty();
        assertThat(call.moments(Kind.MEDIA_RECEIVED)).isEmpty();
    }

    @Test
    void shouldCarryManyCallsOnOneLoop() throws Exception {
        List<CarrierCall> calls = IntStream.range(0, 40)
                .mapToObj(i -> carrier.place(plan().withRecording(CallPlan.Recording.FIGURES)))
                .toList();
        for (int i = 0; i < calls.size(); i++) {
            TestBridgeLeg leg = bridge.leg().started();
            leg.media(audio(50, 1));
            leg.mark("end");
        }
        soon().untilAsserted(() ->
                assertThat(calls).allSatisfy(call -> assertThat(call.marks()).hasSize(1)));
        assertThat(carrier.liveCalls()).isEqualTo(40);
        calls.forEach(call -> carrier.completedByRest(call.callSid()));
        assertThat(calls).allSatisfy(call -> assertThat(ending(call).cause()).isEqualTo(Cause.COMPLETED_BY_REST));
        assertThat(carrier.liveCalls()).isZero();
    }

    @Test
    void shouldEndLiveCallsWhenClosed() throws Exception {
        CarrierCall call = carrier.place(plan());
        TestBridgeLeg leg = bridge.leg().started();
        carrier.close();
        assertThat(ending(call).cause()).isEqualTo(Cause.CARRIER_CLOSED);
        soon().until(leg::isClosed);
        call.perform(drop());
        assertThat(leg.all("stop")).isEmpty();
    }

    private CallPlan plan() {
        return CallPlan.via(bridge.stream());
    }

    private static void awaitCallerSays(CarrierCall call, int value) {
        soon().untilAsserted(() -> assertThat(call.recordedCallerAudio()).contains(value));
    }

    static CallEnding ending(CarrierCall call) throws Exception {
        return call.ending().get(5, SECONDS);
    }

    private static void assertNumbered(List<TestBridgeLeg.Received> messages) {
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i).json().get("sequenceNumber").textValue()).isEqualTo(Integer.toString(i));
        }
    }
}
