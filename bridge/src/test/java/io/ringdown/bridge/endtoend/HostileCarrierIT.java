package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.RawCall.created;
import static io.ringdown.bridge.endtoend.RawCall.delta;
import static io.ringdown.bridge.endtoend.RawCall.mark;
import static io.ringdown.bridge.endtoend.RawCall.media;
import static io.ringdown.bridge.endtoend.RawSocket.FIN;
import static io.ringdown.bridge.endtoend.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A carrier that floods, leaps, repeats itself or does not read costs at most its own call. */
@Timeout(120)
class HostileCarrierIT {
    private static final String FOUR = "/////w==";
    private static final String LENT = "ringdown_lane_frames_lent";
    private static final String UPGRADE = "GET /twilio/media HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

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

    private static void hangUp(RawCall call) {
        call.carrier().text(call.stop());
        await().until(() -> call.carrier().closeCode() == 1000 && call.model().closeCode() == 1000);
        assertThat(server.hangups(call)).isZero();
    }

    @Test
    void shouldEndACallOfNothingButRubbishWithPolicyViolation() throws Exception {
        RawCall call = server.call();
        byte[] rubbish = call.carrier().frame(FIN | TEXT, "{".getBytes(UTF_8));
        for (int i = 0; i < 5_000; i++) {
            call.carrier().send(rubbish);
        }
        await().until(() -> call.carrier().isOver() && server.hangups(call) == 1);
        assertThat(call.carrier().closeCode()).isEqualTo(1008);
        await().until(() -> call.model().closeCode() == 1000);
    }

    @Test
    void shouldStartOnceHoweverOftenItIsTold() throws Exception {
        RawCall call = server.call();
        for (int i = 0; i < 5_000; i++) {
            call.carrier().text(RawCall.start(call.callSid()));
        }
        assertThat(call.heardByModel()).isEmpty();
        assertThat(server.model.isAsked()).isFalse();
        hangUp(call);
    }

    @Test
    void shouldTakeEchoesOfMarksThatWereNeverSent() throws Exception {
        RawCall call = server.call();
        for (int i = 0; i < 20_000; i++) {
            call.carrier().text(mark("g" + i % 7 + ".m" + (Integer.MAX_VALUE - i)));
        }
        call.model().text(created("resp_A"));
        call.model().text(delta("resp_A", FOUR));
        assertThat(call.heardByCaller()).hasSize(4);
        hangUp(call);
    }

    @Test
    void shouldPressKeysByTheThousand() throws Exception {
        RawCall call = server.call();
        String key = "{\"event\":\"dtmf\",\"streamSid\":\"" + RawCall.STREAM + "\",\"dtmf\":{\"digit\":\"1\"}}";
        for (int i = 0; i < 5_000; i++) {
            call.carrier().text(key);
        }
        assertThat(call.heardByModel()).isEmpty();
        hangUp(call);
    }

    /** Gaps are filled with silence, but with no more of it than there was time for. */
    @Test
    void shouldNotDrownTheModelInSilenceWhenTimestampsLeap() throws Exception {
        RawCall call = server.call();
        long begunNs = System.nanoTime();
        for (long i = 1; i <= 2_000; i++) {
            call.carrier().text(media(FOUR).replace("\"20\"", "\"" + i * 1_000_000_000L + "\""));
        }
        int heardBytes = call.heardByModel().length;
        long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs);

        assertThat((long) heardBytes).isBetween(1L, 4 * 2_000 + 8 * (passedMs + 2_000));
        hangUp(call);
    }

    @Test
    void shouldHoldLittleForACarrierThatNeverReads() throws Exception {
        RawCall call = server.call();
        RawCall deaf = server.deaf();
        deaf.model().text(created("resp_A"));
        byte[] second = deaf.model()
                .frame(FIN | TEXT, delta("resp_A", "/".repeat(10_664)).getBytes(UTF_8));
        for (int i = 0; i < 120; i++) {
            deaf.model().send(second);
        }
        byte[] ping = deaf.carrier().frame(FIN | RawSocket.PING, new byte[125]);
        for (int i = 0; i < 10_000; i++) {
            deaf.carrier().send(ping);
        }
        assertThat(server.metric(LENT)).isLessThan(1_000);
        assertThat(call.heardByModel()).isEmpty();
        deaf.carrier().text(deaf.stop());
        await().until(() -> deaf.model().closeCode() == 1000);
        hangUp(call);
    }

    /** The upgrade's answer is not awaited: what is sent ahead of it belongs to no protocol, and nobody waits for it. */
    @Test
    void shouldGiveUpAStreamThatTalksBeforeItIsLetIn() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.server.address().getPort())) {
            byte[] start = RawSocket.frame(FIN | TEXT, RawCall.start("CA9").getBytes(UTF_8), true);
            byte[] upgrade = UPGRADE.getBytes(ISO_8859_1);
            byte[] both = Arrays.copyOf(upgrade, upgrade.length + start.length);
            System.arraycopy(start, 0, both, upgrade.length, start.length);
            socket.getOutputStream().write(both);
            InputStream in = socket.getInputStream();
            await().until(() -> server.server.liveCalls() == 1);
            assertThat(in.readAllBytes()).isNotEmpty();
        }
        if (server.model.isAsked()) {
            server.model.next().close();
        }
    }

    @Test
    void shouldGiveItsPlaceBackToWhoeverOpensStreamsAndSaysNothing() throws Exception {
        List<RawSocket> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(server.stream());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> streams.stream().allMatch(RawSocket::isOver));
        assertThat(server.model.isAsked()).isFalse();
    }

    @Test
    void shouldOutliveThoseWhoLeaveInTheMiddleOfTheUpgrade() throws Exception {
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket("127.0.0.1", server.server.address().getPort());
            socket.getOutputStream().write(UPGRADE.getBytes(ISO_8859_1), 0, UPGRADE.length() - i % 2 * 20);
            socket.setSoLinger(true, 0);
            socket.close();
        }
        await().until(() -> server.server.liveCalls() == 1);
    }
}
