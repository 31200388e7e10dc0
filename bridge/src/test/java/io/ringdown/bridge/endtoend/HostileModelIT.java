package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.RawCall.created;
import static io.ringdown.bridge.endtoend.RawCall.delta;
import static io.ringdown.bridge.endtoend.RawCall.done;
import static io.ringdown.bridge.endtoend.RawCall.media;
import static io.ringdown.bridge.endtoend.RawSocket.FIN;
import static io.ringdown.bridge.endtoend.RawSocket.PING;
import static io.ringdown.bridge.endtoend.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that sends too much, too little, too early or nonsense costs at most its own call. */
@Timeout(120)
class HostileModelIT {
    private static final String FOUR = "/////w==";
    private static final String QUARTER_SECOND = "/".repeat(2_666) + "8=";
    private static final String LENT = "ringdown_lane_frames_lent";
    private static final String FORWARDED = "ringdown_lane_uplink_forwarded_bytes_total";

    private static UnderAttack server;

    @BeforeAll
    static void start() throws Exception {
        server = new UnderAttack("model_connect_timeout_ms: 4000", "session_timeout_ms: 4000");
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

    private static double droppedAudio(String reason) throws Exception {
        return server.metric("ringdown_audio_dropped_bytes_total{reason=\"" + reason + "\"}");
    }

    private static void hangUp(RawCall call) {
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000 && call.model().closeCode() == 1000);
        assertThat(server.hangups(call)).isZero();
    }

    private static void bargeIn(RawCall call) {
        call.model().text("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":0,\"item_id\":\"u\"}");
        await().until(() -> call.carrierHeard("clear").count() == 1);
        call.model().text("{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":9,\"item_id\":\"u\"}");
    }

    private static void assertSorry(RawCall call) throws Exception {
        await("a recording").until(() -> call.downlink().length > 0);
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000);
        assertThat(server.model.isAsked()).isFalse();
    }

    @Test
    void shouldGiveUpAModelThatSendsTenMegabytesAtOnce() throws Exception {
        RawCall call = server.call();
        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", "/".repeat(10 << 20)));
        await().until(() -> call.model().isOver());
        assertSorry(call);
    }

    @Test
    void shouldCancelAResponseThatNeverEndsAndGoOn() throws Exception {
        RawCall call = server.call();
        double before = droppedAudio("out_full");
        call.model().text(created("resp_A"));
        byte[] quarter =
                call.model().frame(FIN | TEXT, delta("resp_A", QUARTER_SECOND).getBytes(UTF_8));
        for (int i = 0; i < 1_500; i++) {
            call.model().send(quarter);
        }
        await().until(() -> call.modelHeard("response.cancel").count() == 1);
        await().until(() -> server.metric(LENT) < 100);
        assertThat(droppedAudio("out_full")).isGreaterThan(before);
        call.model().text(done("resp_A", "cancelled"));

        assertOnlySilence(call.heardByCaller());
        assertThat(call.modelHeard("response.cancel")).hasSize(1);
        hangUp(call);
    }

    private static void assertOnlySilence(byte[] audio) {
        byte[] silence = new byte[audio.length];
        Arrays.fill(silence, (byte) 0xFF);
        assertThat(audio).isEqualTo(silence).isNotEmpty();
    }

    @Test
    void shouldMergeAFloodOfTinyDeltas() throws Exception {
        RawCall call = server.call();
        call.model().text(created("resp_A"));
        byte[] tiny = call.model().frame(FIN | TEXT, delta("resp_A", "/w==").getBytes(UTF_8));
        for (int i = 0; i < 30_000; i++) {
            call.model().send(tiny);
        }
        call.model().text(RawCall.audioDone("resp_A"));
        await().until(() -> call.downlink().length > 0);
        await("joined").until(() -> server.metric(LENT) < 500);
        bargeIn(call);
        call.model().text(done("resp_A", "cancelled"));

        assertOnlySilence(call.heardByCaller());
        hangUp(call);
    }

    @Test
    void shouldPassThousandsOfUnknownEventsOver() throws Exception {
        RawCall call = server.call();
        double before = server.modelEvents("messages_unknown");
        byte[] unknown = call.model().frame(FIN | TEXT, "{\"type\":\"brand.new\",\"x\":{}}".getBytes(UTF_8));
        for (int i = 0; i < 20_000; i++) {
            call.model().send(unknown);
        }
        assertThat(call.heardByCaller()).isEmpty();
        assertThat(server.modelEvents("messages_unknown")).isEqualTo(before + 20_000);
        hangUp(call);
    }

    @Test
    void shouldPlayOrCancelThousandsOfResponsesNobodyAskedFor() throws Exception {
        RawCall call = server.call();
        for (int i = 0; i < 3_000; i++) { // more than may wait, as their marks keep them from being joined
            call.model().text(created("resp_" + i));
            call.model().text(delta("resp_" + i, FOUR));
            call.model().text(done("resp_" + i, "completed"));
        }
        await("what was held is played, the rest cancelled")
                .until(() -> call.downlink().length / 4
                                + call.modelHeard("response.cancel").count()
                        == 3_000);

        assertOnlySilence(call.heardByCaller());
        hangUp(call);
    }

    @Test
    void shouldServeTheCallerOfAModelThatSendsHalfAFrameAndFallsSilent() throws Exception {
        RawCall call = server.call();
        byte[] frame =
                call.model().frame(FIN | TEXT, delta("resp_A", QUARTER_SECOND).getBytes(UTF_8));
        call.model().send(Arrays.copyOf(frame, frame.length / 2));

        call.carrier().text(media(FOUR));
        assertThat(call.heardByModel()).hasSize(4);
        hangUp(call);
    }

    @Test
    void shouldHoldLittleForAModelThatNeverReadsAndPingsAllTheTime() throws Exception {
        RawCall call = server.ringing();
        call.model().letIn();
        call.model().text(RawCall.CREATED);
        call.model().text(RawCall.CONFIRMED);
        double droppedBefore = droppedAudio("model_stalled");
        double forwardedBefore = server.metric(FORWARDED);
        byte[] ping = call.model().frame(FIN | PING, new byte[125]);
        byte[] second =
                call.carrier().frame(FIN | TEXT, media("/".repeat(10_664)).getBytes(UTF_8));
        await("a full socket").atMost(Duration.ofSeconds(30)).until(() -> {
            for (int i = 0; i < 50; i++) {
                call.carrier().send(second);
                call.model().send(ping);
            }
            return droppedAudio("model_stalled") > droppedBefore;
        });
        await("what was on its way is handled").until(() -> server.metric(LENT) < 200);
        assertThat(server.metric(FORWARDED) - forwardedBefore)
                .as("a model that reads again hears the last seconds, not the last minutes")
                .isLessThan(100 * 8_000); // the neighbour's are among them

        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", FOUR));
        await("the caller hears it still").until(() -> call.downlink().length == 4);
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000);
    }

    @Test
    void shouldNotPlayWhatComesBeforeTheSession() throws Exception {
        RawCall call = server.ringing();
        call.model().letIn().listening();
        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", FOUR));
        call.model().text(RawCall.transcriptDone("resp_A", "Goodbye."));
        call.model().text(done("resp_A", "completed"));
        call.model().text(RawCall.CREATED);
        call.model().text(delta("resp_A", FOUR));
        await().until(() -> call.modelHeard("session.update").count() == 1);
        call.model().text(RawCall.CONFIRMED);

        assertThat(call.heardByCaller()).isEmpty();
        hangUp(call);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1002, 1008, 1011, 4000, 1005})
    void shouldSaySorryWhateverTheModelClosesWith(int code) throws Exception {
        RawCall call = server.call();
        double before = server.modelEvents("connections_lost");
        if (code == 1005) {
            call.model().send(call.model().frame(FIN | RawSocket.CLOSE, new byte[0]));
        } else {
            call.model().close(code);
        }
        await().until(() -> call.model().isOver());
        assertThat(call.model().closeCode()).isEqualTo(code);
        await().until(() -> server.modelEvents("connections_lost") == before + 1);
        assertSorry(call);
    }

    /** Each in place of the answer to the upgrade. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0016\u0003\u0001 what is this",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nforever and ever",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 301 Moved\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 Oh\r\nContent-Length: 99999999999\r\n\r\n"
            })
    void shouldSaySorryWhenTheUpgradeIsNotAnsweredAsItShouldBe(String answer) throws Exception {
        RawCall call = server.ringing();
        call.model().send(answer.getBytes(ISO_8859_1));
        call.model().listening();
        await().until(() -> call.model().isOver());
        assertSorry(call);
    }

    @Test
    void shouldSaySorryWhenTheUpgradeIsAnsweredWithoutAnEnd() throws Exception {
        RawCall call = server.ringing();
        call.model().send("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
        byte[] header = ("X-Endless: " + "x".repeat(1_000) + "\r\n").getBytes(ISO_8859_1);
        for (int i = 0; i < 10_000 && !call.model().isOver(); i++) {
            call.model().send(header);
        }
        assertSorry(call);
    }
}
