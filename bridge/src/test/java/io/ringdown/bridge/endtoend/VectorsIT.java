package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.RawCall.audioDone;
import static io.ringdown.bridge.endtoend.RawCall.created;
import static io.ringdown.bridge.endtoend.RawCall.delta;
import static io.ringdown.bridge.endtoend.RawCall.done;
import static io.ringdown.bridge.endtoend.RawCall.mark;
import static io.ringdown.bridge.endtoend.RawCall.media;
import static io.ringdown.bridge.endtoend.RawCall.transcriptDone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every conformance vector, V of the carrier and O of the model, as exact bytes on the wire beside a healthy call. */
@Timeout(120)
class VectorsIT {
    private static final String SID2 = "MZ99999999999999999999999999999999";
    private static final String FOUR = "/////w==";
    private static final String SILENCE_20_MS = "/".repeat(213) + "w==";

    private static UnderAttack server;

    @BeforeAll
    static void start() throws Exception {
        server = new UnderAttack("start_timeout_ms: 5000");
    }

    @BeforeEach
    void begin() {
        server.begin();
    }

    @AfterEach
    void shouldHarmNobodyElse() throws Exception {
        server.assertUnharmed();
    }

    @AfterAll
    static void shouldLeakNothing() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Arguments vector(String name, String message, int bytes, String dropped) {
        return Arguments.argumentSet(name, message, bytes, dropped);
    }

    static List<Arguments> inStream() {
        String sid = RawCall.STREAM;
        return List.of(
                vector("V01 connected again", RawCall.CONNECTED, 0, null),
                vector("V03 20 ms of silence", media(SILENCE_20_MS), 160, null),
                vector(
                        "V04 reordered keys and space",
                        "{  \"streamSid\" :\t\"" + sid + "\" , \"media\":{ \"payload\":\"/////w==\" ,\n"
                                + " \"timestamp\":\"40\",\"chunk\":\"2\",\"track\":\"inbound\" }, \"sequenceNumber\":\"3\",\"event\" : \"media\" }",
                        4,
                        null),
                vector("V05 escaped slashes", media("\\/\\/\\/\\/\\/w=="), 4, null),
                vector(
                        "V06 escaped key and value",
                        "{\"\\u0065vent\":\"med\\u0069a\",\"sequenceNumber\":\"5\",\"media\":{\"track\":\"inbound\",\"chunk\":\"4\","
                                + "\"timestamp\":\"80\",\"p\\u0061yload\":\"\\u002f\\u002F///w\\u003d=\"},\"streamSid\":\""
                                + sid + "\"}",
                        4,
                        null),
                vector(
                        "V07 numbers for strings, extra keys",
                        "{\"event\":\"media\",\"sequenceNumber\":4294967297,\"media\":{\"track\":\"inbound\",\"chunk\":5,\"timestamp\":100,"
                                + "\"payload\":\"/////w==\",\"codec\":{\"x\":[1,2,{}]}},\"streamSid\":\"" + sid
                                + "\",\"v\":2}",
                        4,
                        null),
                vector(
                        "V08 wrong types",
                        "{\"event\":\"media\",\"sequenceNumber\":\"7\",\"media\":\"/////w==\",\"streamSid\":12345}",
                        0,
                        "incomplete"),
                vector("V09a payload missing", media("").replace(",\"payload\":\"\"", ""), 0, "incomplete"),
                vector("V09b payload null", media("").replace("\"payload\":\"\"", "\"payload\":null"), 0, "incomplete"),
                vector("V09c payload empty", media(""), 0, null),
                vector("V11 another stream", media(FOUR).replace(sid, SID2), 0, "foreign_stream"),
                vector("V12 another track", media(FOUR).replace("inbound", "outbound"), 0, "foreign_track"),
                vector("V13a foreign character", media("//*//w=="), 0, "not_base64"),
                vector("V13b a digit left over", media("/////"), 0, "not_base64"),
                vector("V13c too much padding", media("/////w==="), 0, "not_base64"),
                vector("V14a unpadded", media("/////w"), 4, null),
                vector("V14b spare bits", media("/////x=="), 4, null),
                vector(
                        "V16a unknown event",
                        "{\"event\":\"transcription\",\"sequenceNumber\":\"18\",\"streamSid\":\"" + sid
                                + "\",\"transcription\":{\"text\":\"hi\"}}",
                        0,
                        "unknown_event"),
                vector("V16b array", "[{\"event\":\"media\"}]", 0, "not_json"),
                vector("V16c null", "null", 0, "not_json"),
                vector("V16d empty", "", 0, "not_json"),
                vector(
                        "V16e truncated",
                        "{\"event\":\"media\",\"sequenceNumber\":\"19\",\"media\":{\"track\":\"inbound\",\"pay",
                        0,
                        "not_json"),
                vector("V17a digit", dtmf("#"), 0, null),
                vector("V17b no digit", dtmf(""), 0, "unknown_digit"),
                vector("V17c two digits", dtmf("12"), 0, "unknown_digit"),
                vector("V18a a mark of no time", mark("g3.m17"), 0, null),
                vector("V18b unknown mark", mark("never-sent"), 0, "unknown_mark"),
                vector("V18c no mark", mark("").replace(",\"mark\":{\"name\":\"\"}", ""), 0, "incomplete"),
                vector("V21 surrogate and NUL", mark("a\\ud800b\\u0000c\\r\\nd"), 0, "unknown_mark"),
                vector(
                        "V22 twice the same key",
                        media(FOUR).replace("{\"event\":\"media\"", "{\"event\":\"media\",\"event\":\"stop\""),
                        0,
                        "not_json"));
    }

    private static String dtmf(String digit) {
        return "{\"event\":\"dtmf\",\"streamSid\":\"" + RawCall.STREAM
                + "\",\"sequenceNumber\":\"20\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"" + digit + "\"}}";
    }

    /** {@code bytes} of silence reach the model, once; or the message is counted as {@code dropped}. */
    @ParameterizedTest
    @MethodSource("inStream")
    void shouldForwardWhatIsAudioAndDropWhatIsNot(String message, int bytes, String dropped) throws Exception {
        RawCall call = server.call();
        double before = dropped == null ? 0 : server.dropped(dropped);

        call.carrier().text(message);

        assertThat(call.heardByModel()).isEqualTo(silence(bytes));
        if (dropped != null) {
            assertThat(server.dropped(dropped)).isEqualTo(before + 1);
        }
        hangUp(call);
    }

    private static byte[] silence(int bytes) {
        byte[] silence = new byte[bytes];
        Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }

    /** The call has lived until now, and ends as any other: no hangup of ours, both legs closed in order. */
    private static void hangUp(RawCall call) {
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000 && call.model().closeCode() == 1000);
        assertThat(server.hangups(call)).isZero();
    }

    @Test
    @DisplayName("V01, V02: started with and without connected, and the model asked with the stream's parameters")
    void shouldStartWithoutConnected() throws Exception {
        RawSocket stream = server.stream();
        stream.text(RawCall.start("CA33333333333333333333333333333333"));
        RawSocket model = server.model.next();
        RawCall call = new RawCall("CA33333333333333333333333333333333", stream, model);
        server.configured(call);
        assertThat(call.heardByModel()).isEmpty();
        hangUp(call);
    }

    @Test
    @DisplayName("V10: media before the start")
    void shouldAskForNoModelBeforeTheStart() throws Exception {
        RawSocket stream = server.stream();
        double before = server.dropped("before_start");
        stream.text(media(FOUR));
        stream.text(mark("g0.m1"));
        await().until(() -> server.dropped("before_start") == before + 2);
        assertThat(server.model.isAsked()).isFalse();

        stream.text(RawCall.start("CA10"));
        RawCall call = server.configured(new RawCall("CA10", stream, server.model.next()));
        assertThat(call.heardByModel()).isEmpty();
        hangUp(call);
    }

    @Test
    @DisplayName("V15: ten megabytes of audio in one message")
    void shouldEndACallThatSendsTenMegabytesAtOnce() throws Exception {
        RawCall call = server.call();
        call.carrier().text(media("/".repeat(13_981_016)));

        await().until(() -> call.carrier().isOver());
        await().until(() -> call.model().closeCode() == 1000);
        assertThat(call.uplink()).isEmpty();
        await().until(() -> server.hangups(call) == 1);
    }

    @Test
    @DisplayName("V18: our mark, an unknown one, none, and ours again")
    void shouldTakeTheEchoOfAMarkOnce() throws Exception {
        RawCall call = server.call();
        sayGoodbye(call, Stream.of(audioDone("resp_A"), transcriptDone("resp_A", "Goodbye.")));
        await().until(() -> !call.marks().isEmpty());
        String last = call.marks().get(call.marks().size() - 1);
        call.carrier().text(mark("g9.m9"));
        call.carrier().text(mark("never-sent"));
        call.carrier().text(mark("").replace(",\"mark\":{\"name\":\"\"}", ""));
        call.heardByModel();
        assertThat(server.hangups(call)).isZero();

        call.carrier().text(mark(last));
        call.carrier().text(mark(last));
        await().until(() -> server.hangups(call) == 1);
        assertEndedOnce(call);
    }

    private static void sayGoodbye(RawCall call, Stream<String> ends) {
        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", FOUR));
        ends.forEach(call.model()::text);
        call.model().text(done("resp_A", "completed"));
    }

    private static void assertEndedOnce(RawCall call) {
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().isOver() && call.model().closeCode() == 1000);
        assertThat(server.hangups(call)).isEqualTo(1);
        assertThat(call.model().received(RawSocket.CLOSE)).hasSize(1);
    }

    @Test
    @DisplayName("V19: the same start again, then another stream's")
    void shouldStartOnce() throws Exception {
        RawCall call = server.call();
        double before = server.dropped("foreign_stream");
        call.carrier().text(RawCall.start(call.callSid()));
        call.carrier().text(RawCall.start(call.callSid()).replace(RawCall.STREAM, SID2));
        call.carrier().text(media(FOUR).replace(RawCall.STREAM, SID2));

        assertThat(call.heardByModel()).isEmpty();
        assertThat(server.dropped("foreign_stream")).isEqualTo(before + 2);
        assertThat(server.model.isAsked()).isFalse();
        hangUp(call);
    }

    @Test
    @DisplayName("V20: stop, stop, media")
    void shouldStopOnce() throws Exception {
        RawCall call = server.call();
        call.heardByModel();
        call.carrier().send(frames(call, call.stop(), call.stop(), media(FOUR), RawCall.start(call.callSid())));

        await().until(() -> call.carrier().closeCode() == 1000 && call.model().closeCode() == 1000);
        call.carrier().text(call.stop());
        assertThat(call.uplink()).as("only the landmark").hasSize(160);
        assertThat(call.model().received(RawSocket.CLOSE)).hasSize(1);
        assertThat(server.hangups(call)).isZero();
        assertThat(server.model.isAsked()).isFalse();
    }

    /** All in one segment: the second is there before anything was done about the first. */
    private static byte[][] frames(RawCall call, String... texts) {
        return Stream.of(texts)
                .map(text -> call.carrier().frame(RawSocket.FIN | RawSocket.TEXT, text.getBytes(UTF_8)))
                .toArray(byte[][]::new);
    }

    @Test
    @DisplayName("V21: surrogate, NUL and line ends in a custom parameter")
    void shouldStartWithAParameterOfOddCharacters() throws Exception {
        RawSocket stream = server.stream();
        stream.text(RawCall.start("CA21").replace("Zo\\u00eb", "a\\ud800b\\u0000c\\r\\nd"));
        RawCall call = server.configured(new RawCall("CA21", stream, server.model.next()));
        assertThat(call.heardByModel()).isEmpty();
        hangUp(call);
    }

    // the model's

    static List<Arguments> ofTheModel() {
        String four = delta("resp_A", FOUR);
        return List.of(
                said("O01 a delta", 4, null, four),
                said(
                        "O04 a benign error",
                        4,
                        "errors_benign",
                        "{\"type\":\"error\",\"event_id\":\"e4\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"response_cancel_not_active\",\"message\":\"x\",\"param\":null,\"event_id\":null}}",
                        four),
                said(
                        "O05 the end of an unknown response",
                        4,
                        null,
                        "{\"type\":\"response.done\",\"event_id\":\"e5\",\"response\":{\"id\":\"resp_unknown\",\"object\":\"realtime.response\",\"status\":\"cancelled\",\"status_details\":{\"type\":\"cancelled\",\"reason\":\"turn_detected\"},\"output\":[]}}",
                        four),
                said(
                        "O07 an unknown event",
                        4,
                        "messages_unknown",
                        "{\"type\":\"response.brand_new.event\",\"event_id\":\"e7\",\"x\":{}}",
                        four),
                said("O09 the beta's name", 4, null, four.replace("output_audio", "audio")),
                said("O10 an empty delta", 0, null, delta("resp_A", "")),
                said("O10 161 bytes", 161, null, delta("resp_A", "/".repeat(214) + "8=")),
                said("O10 two items in one response", 8, null, four, four.replace("item_A", "item_B")));
    }

    private static Arguments said(String name, int bytes, String counted, String... messages) {
        return Arguments.argumentSet(name, bytes, counted, List.of(messages));
    }

    @ParameterizedTest
    @MethodSource("ofTheModel")
    void shouldSendTheCallerWhatIsAudioAndGoOn(int bytes, String counted, List<String> messages) throws Exception {
        RawCall call = server.call();
        double before = counted == null ? 0 : server.modelEvents(counted);
        call.model().text(created("resp_A"));
        messages.forEach(call.model()::text);
        call.model().text(done("resp_A", "completed"));

        assertThat(call.heardByCaller()).isEqualTo(silence(bytes));
        if (counted != null) {
            assertThat(server.modelEvents(counted)).isEqualTo(before + 1);
        }
        hangUp(call);
    }

    @Test
    @DisplayName("O02: a delta after the barge-in")
    void shouldDropWhatComesAfterABargeIn() throws Exception {
        RawCall call = server.call();
        String dropped = "ringdown_audio_dropped_bytes_total{reason=\"barge_in\"}";
        double before = server.metric(dropped);
        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", "/".repeat(32_000)));
        await().until(() -> call.downlink().length > 0);
        call.model().text("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":0,\"item_id\":\"u\"}");
        await().until(() -> call.carrierHeard("clear").count() == 1);
        int sent = call.downlink().length;
        call.model().text(delta("resp_A", FOUR));
        call.model().text(done("resp_A", "cancelled"));
        call.model().text("{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":9,\"item_id\":\"u\"}");

        assertThat(call.heardByCaller()).isEqualTo(silence(sent));
        assertThat(server.metric(dropped)).isEqualTo(before + 24_000 - sent + 4);
        hangUp(call);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("O03: audio.done before transcript.done, and behind it")
    void shouldHangUpOnceWhicheverIsDoneFirst(boolean audioFirst) throws Exception {
        RawCall call = server.call();
        String transcript = transcriptDone("resp_A", "Thank you, goodbye.");
        sayGoodbye(
                call,
                audioFirst ? Stream.of(audioDone("resp_A"), transcript) : Stream.of(transcript, audioDone("resp_A")));
        await().until(() -> !call.marks().isEmpty());
        assertThat(server.hangups(call)).isZero();

        call.marks().forEach(name -> call.carrier().text(mark(name)));
        await().until(() -> server.hangups(call) == 1);
        assertEndedOnce(call);
    }

    @Test
    @DisplayName("O06: a model that cannot pay")
    void shouldSaySorryAndHangUpWithoutTryingAgain() throws Exception {
        RawCall call = server.call();
        call.model().text(created("resp_A"));
        call.model()
                .text(
                        "{\"type\":\"response.done\",\"event_id\":\"e6\",\"response\":{\"id\":\"resp_A\",\"status\":\"failed\",\"status_details\":{\"type\":\"failed\",\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}}}");
        assertSorryThenHungUpOnce(call);
    }

    @Test
    @DisplayName("O08: the session's limit, then close 1001")
    void shouldEndOnceWhenTheSessionExpires() throws Exception {
        RawCall call = server.call();
        call.model()
                .text(
                        "{\"type\":\"error\",\"event_id\":\"e8\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"session_expired\",\"message\":\"x\",\"param\":null,\"event_id\":null}}");
        call.model().close(1001);
        assertSorryThenHungUpOnce(call);
    }

    /** Echoes each mark at once, as a carrier would that plays faster than time. */
    private static void assertSorryThenHungUpOnce(RawCall call) {
        await("a recording").until(() -> call.downlink().length > 0);
        int[] echoed = new int[1];
        await("the hangup").atMost(Duration.ofSeconds(30)).until(() -> {
            List<String> marks = call.marks();
            for (; echoed[0] < marks.size(); echoed[0]++) {
                call.carrier().text(mark(marks.get(echoed[0])));
            }
            return server.hangups(call) == 1;
        });
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().isOver());
        assertThat(server.hangups(call)).isEqualTo(1);
        assertThat(server.model.isAsked()).isFalse();
    }
}
