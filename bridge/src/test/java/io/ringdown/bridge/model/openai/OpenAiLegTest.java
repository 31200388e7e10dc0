package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.CallSettings.Times;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import io.ringdown.engine.ring.EventRing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The leg on a real lane, which the test's own thread drives, against a server that says what the test says. */
class OpenAiLegTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TELEPHONE = "{\"type\":\"session.updated\",\"session\":{\"audio\":{"
            + "\"input\":{\"format\":{\"type\":\"audio/pcmu\"}},\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}}}";

    private final ManualIoEventLoop sockets = new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory());
    private final ModelCounters counters = new ModelCounters();
    private final FakeServer server = new FakeServer(null);
    private final FakeCarrier carrier = new FakeCarrier();
    private final List<HangupCommand> hangups = new ArrayList<>();
    private long nowNs = 1;
    private Lane lane;
    private ModelEndpoint endpoint;
    private OpenAiLeg leg;
    private CallPort port;

    @BeforeEach
    void open() throws Exception {
        URI url = URI.create("ws://127.0.0.1:" + server.port() + "/v1/realtime");
        endpoint = ModelEndpoint.open(url, Optional.empty(), List.of());
        lane(1_024, 1_000);
    }

    private void lane(int ringSlots, int downlinkFrames) {
        lane = new Lane(
                "lane",
                new LaneSettings(ringSlots, 4, 100, downlinkFrames, 16_000, 1_920_000),
                () -> nowNs,
                hangups::add,
                () -> {});
        ModelConnector connector = new ModelConnector(sockets, NioSocketChannel.class, endpoint);
        lane.open(settings(), opened -> legs(opened, connector), summary -> {});
    }

    private Legs legs(CallPort opened, ModelConnector connector) {
        port = opened;
        leg = new OpenAiLeg(opened, connector, counters);
        return new Legs(carrier, leg);
    }

    private static CallSettings settings() {
        long hourNs = TimeUnit.HOURS.toNanos(1); // all that the model says goes out at once
        Times times = Times.defaults();
        Times generous = new Times(
                hourNs,
                times.markSlackNs(),
                times.responseDoneWaitNs(),
                times.carrierStallNs(),
                times.maxDurationNs(),
                times.maxDurationGraceNs(),
                times.silenceTimeoutNs(),
                times.startTimeoutNs(),
                times.modelConnectTimeoutNs(),
                times.sessionTimeoutNs(),
                times.goodbyeAnswerTimeoutNs(),
                times.cancelledGoodbyeTimeoutNs(),
                times.toolTimeoutNs(),
                times.voicemailWindowNs());
        return new CallSettings(
                "default",
                DrainPolicy.PLAYBACK,
                true,
                true,
                new GoodbyeMatcher(GoodbyePhrases.defaults()),
                new VoicemailMatcher(List.of()),
                Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                generous);
    }

    @AfterEach
    void close() {
        leg.close();
        endpoint.close();
        server.close();
        sockets.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        until(sockets::isTerminated);
    }

    @Test
    void shouldConfigureTheSessionAndThenGreet() throws Exception {
        talking();

        assertThat(sent(0).get("type").textValue()).isEqualTo("session.update");
        assertThat(sent(0).at("/session/instructions").textValue()).isEqualTo("You talk to +1500.");
        assertThat(sent(1).get("type").textValue()).isEqualTo("response.create");
        assertThat(sent(1).at("/response/metadata/ringdown_purpose").textValue())
                .isEqualTo("GREETING");
    }

    @Test
    void shouldSayNothingBeforeTheSessionIsConfirmed() {
        begun();
        until(() -> server.received.size() == 1);
        port.lane().doWork();
        leg.flush();

        assertThat(leg.writable()).isTrue();
        assertThat(server.received).hasSize(1);
    }

    @Test
    void shouldBringEveryByteOfTheModelToTheCarrier() {
        talking();
        byte[] audio = new byte[200_000];
        new Random(1).nextBytes(audio);
        respond("resp_A");
        int from = 0;
        for (int bytes : new int[] {2_000, 1, 160, 161, 2_881, 100_000, 3, 94_794}) {
            say(delta(Arrays.copyOfRange(audio, from, from + bytes)));
            from += bytes;
        }

        until(() -> carrier.played.size() == audio.length);
        assertThat(carrier.played.toByteArray()).isEqualTo(audio);
        assertThat(carrier.frames).isLessThan(90);
    }

    @Test
    void shouldGoOnAtThePieceThatFoundTheRingFull() {
        lane(16, 1_000);
        talking();
        byte[] audio = new byte[100_000];
        new Random(2).nextBytes(audio);
        respond("resp_A");
        readUntil(lane::hasWork);
        lane.doWork();
        List<Long> claimed = claimAllBut(5);
        say(delta(audio));
        say("{\"type\":\"input_audio_buffer.speech_stopped\"}");
        readUntil(() -> lane.counters().get(LaneCounter.EVENTS_UNCLAIMED) > 0);
        lane.doWork();
        assertThat(carrier.played.size()).isZero();

        for (long sequence : claimed) {
            port.slot(sequence).happened(EventType.SPEECH_STOPPED);
            port.publish(sequence);
        }
        until(() -> carrier.played.size() == audio.length);
        assertThat(carrier.played.toByteArray()).isEqualTo(audio);
    }

    /** Takes the ring's slots without publishing, as a slow thread might. */
    private List<Long> claimAllBut(int free) {
        List<Long> claimed = new ArrayList<>();
        for (int i = 0; i < 16 - free; i++) {
            long sequence = port.claim();
            assertThat(sequence).isNotEqualTo(EventRing.FULL);
            claimed.add(sequence);
        }
        return claimed;
    }

    @Test
    void shouldTellOfAudioForWhichThereIsNoFrame() {
        lane(1_024, 3);
        talking();
        respond("resp_A");
        say(delta(new byte[100_000]));

        until(() -> counters.value(ModelCounter.AUDIO_REFUSED) == 1);
        until(() -> server.received.stream().anyMatch(text -> text.contains("\"response.cancel\"")));
    }

    @Test
    void shouldForwardCallerAudioAndSilence() {
        talking();
        port.lane().afterTurn(() -> publishCallerAudio("AAAA"));
        until(() -> received("input_audio_buffer.append") == 1);
        leg.sendSilence(20_000);
        leg.flush();

        until(() -> received("input_audio_buffer.append") == 4);
        assertThat(server.received.get(2)).contains("\"audio\":\"AAAA\"");
    }

    private void publishCallerAudio(String base64) {
        Frame frame = lane.uplinkFrames().acquire();
        for (int i = 0; i < base64.length(); i++) {
            frame.text()[i] = (byte) base64.charAt(i);
        }
        frame.filled(4, 3);
        publish(event -> event.callerAudio(frame, 20));
    }

    @ParameterizedTest
    @CsvSource({"401, MODEL_QUOTA", "403, MODEL_QUOTA", "404, MODEL_LOST", "429, MODEL_LOST", "500, MODEL_LOST"})
    void shouldEndTheCallWhenTheUpgradeIsRefused(int status, HangupReason expected) {
        server.refusal = HttpResponseStatus.valueOf(status);
        begun();

        until(() -> !hangups.isEmpty());
        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(expected);
        assertThat(counters.value(ModelCounter.CONNECTS_REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldSeeAnEmptyAccountBehindTooManyRequests() {
        server.refusal = HttpResponseStatus.TOO_MANY_REQUESTS;
        server.refusalBody = "{\"error\":{\"code\":\"insufficient_quota\"}}";
        begun();

        until(() -> !hangups.isEmpty());
        assertThat(hangups.get(0).reason()).isEqualTo(HangupReason.MODEL_QUOTA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"session.updated\",\"session\":{\"audio\":{}}}|MODEL_CONFIG_FAILED",
                "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"event_id\":\"cfg-1\"}}|MODEL_CONFIG_FAILED",
                "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"code\":\"insufficient_quota\"}}|MODEL_QUOTA",
                "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"code\":\"session_expired\"}}|MODEL_LOST",
            })
    void shouldEndTheCallThatCannotGoOn(String message, HangupReason expected) {
        begun();
        until(() -> server.received.size() == 1);
        say(message);

        until(() -> !hangups.isEmpty());
        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(expected);
        until(() -> server.received.contains("close 1000")); // the machine closes the session
    }

    @Test
    void shouldEndTheCallWhenTheConnectionBreaks() {
        talking();
        server.client.close();

        until(() -> !hangups.isEmpty());
        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.MODEL_LOST);
        assertThat(counters.value(ModelCounter.CONNECTIONS_LOST)).isEqualTo(1);
    }

    @Test
    void shouldAnswerATool() throws Exception {
        talking();
        respond("resp_A");
        say("{\"type\":\"response.function_call_arguments.done\",\"response_id\":\"resp_A\",\"item_id\":\"i\","
                + "\"call_id\":\"call_1\",\"name\":\"dance\",\"arguments\":\"{}\"}");

        until(() -> received("function_call_output") == 1);
        assertThat(sent(2).at("/item/call_id").textValue()).isEqualTo("call_1");
    }

    @Test
    void shouldSwallowWhatComesBeforeAndAfterTheConnection() {
        leg.flush();
        leg.cancelResponse("resp_A");
        leg.truncate("item_A", 0, 10);
        leg.sendSilence(100);
        leg.configure();
        leg.resumeReading();
        assertThat(leg.writable()).isFalse();
        leg.close();
        leg.close();
        leg.sendSilence(100);
        leg.flush();
        leg.resumeReading();
        assertThat(leg.writable()).isFalse();
        lane.doWork();

        assertThat(hangups).isEmpty();
        assertThat(server.received).isEmpty();
    }

    @Test
    void shouldNotConnectForACallNobodyDescribed() {
        assertThatThrownBy(leg::connect).isInstanceOf(IllegalStateException.class);
    }

    // what the peers do

    private void begun() {
        OpenAiSession session = new OpenAiSession(
                "gpt-realtime",
                "You talk to {{caller}}.",
                "Say hello.",
                "marin",
                new OpenAiSession.Transcription("gpt-4o-mini-transcribe", "en"),
                new OpenAiSession.Vad(0.5, 300, 500),
                OptionalInt.empty());
        leg.begin("CA1", session.filledIn(Map.of("caller", "+1500")));
        publish(event -> event.callStarted("CA1"));
    }

    private void talking() {
        begun();
        until(() -> server.received.size() == 1);
        say(TELEPHONE);
        until(() -> received("response.create") == 1);
    }

    private void respond(String responseId) {
        say("{\"type\":\"response.created\",\"response\":{\"id\":\"" + responseId
                + "\",\"metadata\":{\"ringdown_purpose\":\"GREETING\"}}}");
    }

    private void say(String json) {
        server.send(new TextWebSocketFrame(json));
    }

    private static String delta(byte[] audio) {
        return "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\",\"response_id\":\"resp_A\",\"item_id\":"
                + "\"item_A\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                + Base64.getEncoder().encodeToString(audio) + "\"}";
    }

    private void publish(Consumer<CallEvent> fill) {
        long sequence = port.claim();
        fill.accept(port.slot(sequence));
        port.publish(sequence);
    }

    private JsonNode sent(int index) throws Exception {
        return JSON.readTree(server.received.get(index));
    }

    private long received(String word) {
        return server.received.stream().filter(text -> text.contains(word)).count();
    }

    /** Reads the sockets, without serving any call, until it is so. */
    private void readUntil(Callable<Boolean> condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    sockets.runNow();
                    return condition.call();
                });
    }

    /** Drives the lane until it is so, while the carrier plays at once what it gets. */
    private void until(Callable<Boolean> condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    sockets.runNow();
                    lane.doWork();
                    while (!carrier.marks.isEmpty() && lane.calls() > 0) {
                        publish(carrier.marks.poll());
                    }
                    return condition.call();
                });
    }
}
