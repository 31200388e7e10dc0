package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.RawCall.created;
import static io.ringdown.bridge.endtoend.RawCall.delta;
import static io.ringdown.bridge.endtoend.RawCall.media;
import static io.ringdown.bridge.endtoend.RawSocket.BINARY;
import static io.ringdown.bridge.endtoend.RawSocket.CLOSE;
import static io.ringdown.bridge.endtoend.RawSocket.CONTINUATION;
import static io.ringdown.bridge.endtoend.RawSocket.FIN;
import static io.ringdown.bridge.endtoend.RawSocket.PING;
import static io.ringdown.bridge.endtoend.RawSocket.PONG;
import static io.ringdown.bridge.endtoend.RawSocket.RSV1;
import static io.ringdown.bridge.endtoend.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket (RFC 6455) as it may be spoken, but seldom is, and as it may not; on both legs, beside a healthy call. */
@Timeout(120)
class BrokenFramesIT {
    private static final String FOUR = "/////w==";
    private static final int CARRIER_LIMIT = 64 << 10;
    private static final int MODEL_LIMIT = 4 << 20;

    private static UnderAttack server;

    @BeforeAll
    static void start() throws Exception {
        server = new UnderAttack("mark_slack_ms: 100");
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

    /** Whose end of the call attacks. */
    enum Leg {
        CARRIER,
        MODEL;

        RawSocket of(RawCall call) {
            return this == CARRIER ? call.carrier() : call.model();
        }

        /** A message of four bytes of audio. */
        byte[] audio() {
            return (this == CARRIER ? media(FOUR) : delta("resp_A", FOUR)).getBytes(UTF_8);
        }

        byte[] heard(RawCall call) throws Exception {
            return this == CARRIER ? call.heardByModel() : call.heardByCaller();
        }
    }

    private static RawCall call(Leg leg) throws Exception {
        RawCall call = server.call();
        if (leg == Leg.MODEL) {
            call.model().text(created("resp_A"));
        }
        return call;
    }

    private static byte[] part(byte[] message, int from, int to) {
        return Arrays.copyOfRange(message, from, to);
    }

    /** To be sent at once: a response that waits for 10 s behind its pings is given up. */
    private static byte[] times(int count, byte[] frame) {
        ByteBuffer frames = ByteBuffer.allocate(count * frame.length);
        for (int i = 0; i < count; i++) {
            frames.put(frame);
        }
        return frames.array();
    }

    private static byte[] silence(int bytes) {
        byte[] silence = new byte[bytes];
        Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }

    private static void hangUp(RawCall call) {
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000 && call.model().closeCode() == 1000);
        assertThat(server.hangups(call)).isZero();
    }

    // what is legal, and must work

    @ParameterizedTest
    @EnumSource
    void shouldHearAFragmentedMessageAmongPingsAndPongs(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        byte[] audio = leg.audio();
        raw.send(
                raw.frame(TEXT, part(audio, 0, 20)),
                raw.frame(FIN | PING, "one".getBytes(UTF_8)),
                raw.frame(CONTINUATION, new byte[0]),
                raw.frame(FIN | PONG, "unasked".getBytes(UTF_8)),
                raw.frame(CONTINUATION, part(audio, 20, 21)),
                raw.frame(FIN | PING, new byte[125]),
                raw.frame(FIN | CONTINUATION, part(audio, 21, audio.length)));

        assertThat(leg.heard(call)).isEqualTo(silence(4));
        await().until(() -> raw.received(PONG).size() == 2);
        assertThat(raw.received(PONG).get(0).text()).isEqualTo("one");
        assertThat(raw.received(PONG).get(1).payload()).isEqualTo(new byte[125]);
        hangUp(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHearAMessageOfOneByteFragmentsSplitInItsCharacters(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        byte[] audio = new String(leg.audio(), UTF_8)
                .replaceFirst("\\{", "{\"x\":\"\u05e9\ud83d\ude00\",")
                .getBytes(UTF_8);
        for (int i = 0; i < audio.length; i++) {
            int first = (i == 0 ? TEXT : CONTINUATION) | (i == audio.length - 1 ? FIN : 0);
            raw.send(raw.frame(first, part(audio, i, i + 1)));
        }
        assertThat(leg.heard(call)).isEqualTo(silence(4));
        hangUp(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHearAMessageThatGoesOnWithNothingForLong(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        raw.send(raw.frame(TEXT, part(leg.audio(), 0, 20)));
        raw.send(times(20_000, raw.frame(CONTINUATION, new byte[0])));
        raw.send(raw.frame(FIN | CONTINUATION, part(leg.audio(), 20, leg.audio().length)));

        assertThat(leg.heard(call)).isEqualTo(silence(4));
        hangUp(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHearAFrameThatDribblesIn(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        for (byte each : raw.frame(FIN | TEXT, leg.audio())) {
            raw.send(new byte[] {each});
        }
        assertThat(leg.heard(call)).isEqualTo(silence(4));
        hangUp(call);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassBinaryFramesOverAndCountThem(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        double before = binaries(leg);
        raw.send(raw.frame(FIN | BINARY, leg.audio()), raw.frame(BINARY, new byte[9]));
        raw.send(raw.frame(FIN | CONTINUATION, leg.audio()), raw.frame(FIN | BINARY, new byte[0]));
        raw.send(raw.frame(FIN | TEXT, leg.audio()));

        assertThat(leg.heard(call)).isEqualTo(silence(4));
        assertThat(binaries(leg)).isEqualTo(before + 3);
        hangUp(call);
    }

    private static double binaries(Leg leg) throws Exception {
        return leg == Leg.CARRIER ? server.dropped("binary") : server.modelEvents("messages_binary");
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerTenThousandPings(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        raw.send(times(10_000, raw.frame(FIN | PING, new byte[125])));
        raw.send(raw.frame(FIN | TEXT, leg.audio()));

        assertThat(leg.heard(call)).isEqualTo(silence(4));
        assertThat(raw.received(PONG)).isNotEmpty();
        hangUp(call);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1011, 3000, 4000, 4999})
    void shouldAnswerTheCarriersCloseWithItsCode(int code) throws Exception {
        RawCall call = server.call();
        call.carrier().close(code);
        await().until(() -> call.carrier().isOver() && call.model().closeCode() == 1000);
        assertThat(call.carrier().closeCode()).isEqualTo(code);
        assertThat(call.carrier().received(CLOSE)).hasSize(1);
        assertThat(server.hangups(call)).isZero();
    }

    /** In the middle of a fragmented message as well: control frames may come there. */
    @ParameterizedTest
    @EnumSource
    void shouldTakeACloseInsideAMessage(Leg leg) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        raw.send(raw.frame(TEXT, part(leg.audio(), 0, 20)), raw.frame(FIN | CLOSE, new byte[0]));
        await().until(raw::isOver);
        assertThat(raw.closeCode()).isEqualTo(1005);
        assertLegLost(leg, call);
    }

    // what is not

    private static Arguments broken(String name, int code, byte[]... bytes) {
        return Arguments.argumentSet(name, code, bytes);
    }

    /**
     * Each with the code that is to be answered; 0 where it may be lost with the rest, as more was sent than was read, or
     * where Netty only closes.
     */
    static List<Arguments> broken(Leg leg) {
        boolean masked = leg == Leg.CARRIER;
        byte[] audio = leg.audio();
        byte[] badUtf8 = {'"', (byte) 0xC3, 0x28, '"'};
        int limit = masked ? CARRIER_LIMIT : MODEL_LIMIT;
        List<Arguments> all = new ArrayList<>(List.of(
                broken(leg + " masked the wrong way", 1002, RawSocket.frame(FIN | TEXT, audio, !masked)),
                broken(
                        leg + " compressed without negotiation",
                        1002,
                        RawSocket.frame(FIN | RSV1 | TEXT, audio, masked)),
                broken(leg + " RSV2", 1002, RawSocket.frame(FIN | 0x20 | TEXT, audio, masked)),
                broken(leg + " RSV3 on a ping", 1002, RawSocket.frame(FIN | 0x10 | PING, audio, masked)),
                broken(leg + " reserved data opcode", 1002, RawSocket.frame(FIN | 3, audio, masked)),
                broken(leg + " reserved control opcode", 1002, RawSocket.frame(FIN | 11, new byte[2], masked)),
                broken(leg + " continuation without a start", 1002, RawSocket.frame(FIN | CONTINUATION, audio, masked)),
                broken(
                        leg + " a text inside a text",
                        1002,
                        RawSocket.frame(TEXT, part(audio, 0, 20), masked),
                        RawSocket.frame(FIN | TEXT, audio, masked)),
                broken(leg + " oversized ping", 1002, RawSocket.frame(FIN | PING, new byte[126], masked)),
                broken(leg + " fragmented ping", 1002, RawSocket.frame(PING, new byte[3], masked)),
                broken(leg + " oversized close", 1002, RawSocket.frame(FIN | CLOSE, new byte[126], masked)),
                broken(leg + " close of one byte", 1002, RawSocket.frame(FIN | CLOSE, new byte[1], masked)),
                broken(
                        leg + " close 1005",
                        masked ? 0 : 1002,
                        RawSocket.frame(FIN | CLOSE, new byte[] {3, (byte) 0xED}, masked)),
                broken(
                        leg + " close 999",
                        masked ? 0 : 1002,
                        RawSocket.frame(FIN | CLOSE, new byte[] {3, (byte) 0xE7}, masked)),
                broken(leg + " length with its sign", 0, RawSocket.header(FIN | TEXT, Long.MIN_VALUE, masked)),
                broken(leg + " length of an exabyte", 0, RawSocket.header(FIN | TEXT, 1L << 60, masked)),
                broken(leg + " frame beyond the limit", 0, RawSocket.frame(FIN | TEXT, new byte[limit + 1], masked)),
                broken(
                        leg + " fragments beyond the limit",
                        0,
                        RawSocket.frame(TEXT, new byte[limit - 1], masked),
                        RawSocket.frame(CONTINUATION, new byte[1], masked),
                        RawSocket.frame(CONTINUATION, new byte[1], masked))));
        if (leg == Leg.CARRIER) {
            all.add(broken("CARRIER bad UTF-8", 1007, RawSocket.frame(FIN | TEXT, badUtf8, true)));
            all.add(broken(
                    "CARRIER bad UTF-8 in a later fragment",
                    1007,
                    RawSocket.frame(TEXT, part(audio, 0, 20), true),
                    RawSocket.frame(FIN | CONTINUATION, badUtf8, true)));
            all.add(broken(
                    "CARRIER bad UTF-8 made of two fragments",
                    1007,
                    RawSocket.frame(TEXT, part(badUtf8, 0, 2), true),
                    RawSocket.frame(FIN | CONTINUATION, part(badUtf8, 2, 4), true)));
            all.add(broken(
                    "CARRIER UTF-8 that ends too soon",
                    1007,
                    RawSocket.frame(TEXT, part(badUtf8, 0, 1), true),
                    RawSocket.frame(FIN | CONTINUATION, part(badUtf8, 1, 2), true)));
        }
        return all;
    }

    static List<Arguments> brokenByTheCarrier() {
        return broken(Leg.CARRIER);
    }

    static List<Arguments> brokenByTheModel() {
        return broken(Leg.MODEL);
    }

    @ParameterizedTest
    @MethodSource("brokenByTheCarrier")
    void shouldEndTheCallOfACarrierThatBreaksTheProtocol(int code, byte[][] bytes) throws Exception {
        RawCall call = server.call();
        call.carrier().send(bytes);
        await().until(() -> call.carrier().isOver() && call.model().closeCode() == 1000);
        if (code != 0) {
            assertThat(call.carrier().closeCode()).isEqualTo(code);
        }
        assertThat(call.uplink()).isEmpty();
        await().until(() -> server.hangups(call) == 1);
    }

    @ParameterizedTest
    @MethodSource("brokenByTheModel")
    void shouldSaySorryForAModelThatBreaksTheProtocol(int code, byte[][] bytes) throws Exception {
        RawCall call = call(Leg.MODEL);
        call.model().send(bytes);
        await().until(() -> call.model().isOver());
        if (code != 0) {
            assertThat(call.model().closeCode()).isEqualTo(code);
        }
        assertLegLost(Leg.MODEL, call);
    }

    /** The carrier lost: nothing is left to say. The model lost: the caller is told so. */
    private static void assertLegLost(Leg leg, RawCall call) throws Exception {
        if (leg == Leg.CARRIER) {
            await().until(() -> call.model().closeCode() == 1000);
        } else {
            await("a recording").until(() -> call.downlink().length > 0);
            call.carrier().text(call.stop());
            await().until(() -> call.carrier().closeCode() == 1000);
        }
        assertThat(server.hangups(call)).isZero();
        assertThat(server.model.isAsked()).isFalse();
    }

    /** A message of the model is worth more than its spelling: it costs itself, and not the call. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"\u00c3(\"}", "\u00ff", "\u00c3"})
    void shouldCountBadUtf8OfTheModelAndGoOn(String latin) throws Exception {
        RawCall call = call(Leg.MODEL);
        double before = server.modelEvents("messages_malformed");
        call.model().send(call.model().frame(FIN | TEXT, latin.getBytes(ISO_8859_1)));

        assertThat(call.heardByCaller()).isEmpty();
        assertThat(server.modelEvents("messages_malformed")).isEqualTo(before + 1);
        hangUp(call);
    }

    // what the connection itself may do

    enum Break {
        RESET_MID_FRAME,
        RESET,
        FINISH_MID_FRAME,
        FINISH,
        LEAVE
    }

    static List<Arguments> breaks() {
        List<Arguments> all = new ArrayList<>();
        for (Leg leg : Leg.values()) {
            for (Break how : Break.values()) {
                all.add(Arguments.argumentSet(leg + " " + how, leg, how));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void shouldNoticeThatAConnectionIsBroken(Leg leg, Break how) throws Exception {
        RawCall call = call(leg);
        RawSocket raw = leg.of(call);
        if (how == Break.RESET_MID_FRAME || how == Break.FINISH_MID_FRAME) {
            byte[] frame = raw.frame(FIN | TEXT, leg.audio());
            raw.send(part(frame, 0, frame.length / 2));
        }
        switch (how) {
            case RESET, RESET_MID_FRAME -> raw.reset();
            case FINISH, FINISH_MID_FRAME -> raw.finish();
            case LEAVE -> raw.close();
        }
        await().until(raw::isOver);
        assertLegLost(leg, call);
    }
}
