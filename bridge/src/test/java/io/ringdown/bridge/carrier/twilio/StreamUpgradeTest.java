package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.CarrierConnection.OPEN_UPGRADE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ringdown.engine.call.HangupReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamUpgradeTest {
    private CarrierConnection carrier = CarrierConnection.open(5);

    @AfterEach
    void shouldGiveEveryPlaceBackOnce() {
        carrier.channel.finishAndReleaseAll();
        carrier.channel.checkException();
        carrier.turn();
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.lane.calls()).isZero();
    }

    @Test
    void shouldMakeTheConnectionAStream() {
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n"))
                .startsWith("HTTP/1.1 101 ")
                .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        assertThat(carrier.admission.calls()).isEqualTo(1);
        assertThat(carrier.lane.calls()).isEqualTo(1);
        carrier.channel.writeInbound(CarrierConnection.text(SpokenTwilio.START));
        carrier.turn();
        assertThat(carrier.registry.find(SpokenTwilio.CALL)).isNotNull();
        carrier.channel.writeInbound(CarrierConnection.text(SpokenTwilio.STOP));
        carrier.turn();
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.summaries).hasSize(1);
    }

    @Test
    void shouldLeaveNothingOfHttpBehind() {
        carrier.send(OPEN_UPGRADE + "\r\n");
        assertThat(carrier.channel.pipeline().names())
                .containsExactly(
                        "wsencoder",
                        "wsdecoder",
                        "Utf8FrameValidator#0",
                        "WebSocketFrameAggregator#0",
                        "TwilioLeg#0",
                        "DefaultChannelPipeline$TailContext#0");
        carrier.channel.writeInbound(CarrierConnection.text(SpokenTwilio.START));
        carrier.pass(16);
        assertThat(carrier.channel.isOpen()).as("no time limit of HTTP").isTrue();
    }

    @Test
    void shouldAskAPlainRequestToUpgrade() {
        assertThat(carrier.send("GET /twilio/media HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .containsIgnoringCase("Connection: upgrade\r\n")
                .contains("Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n");
        assertThat(carrier.channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket|Upgrade: h2c",
                "Upgrade: websocket|Upgrade: websocket,h2c",
                "Upgrade: websocket|Upgrade: h2c\r\nUpgrade: websocket",
                "Connection: keep-alive, Upgrade|Connection: keep-alive",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 12",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 8",
                "Sec-WebSocket-Version: 13|X-None: 1",
                "Sec-WebSocket-Key: |X-None: "
            })
    void shouldTakeNoPlaceForAHandshakeThatCannotBe(String change) {
        String[] fromTo = change.split("\\|");
        assertThat(carrier.send(OPEN_UPGRADE.replace(fromTo[0], fromTo[1]) + "\r\n"))
                .startsWith("HTTP/1.1 426 ");
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.lane.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "PUT"})
    void shouldUpgradeNothingButAGet(String method) {
        assertThat(carrier.send(OPEN_UPGRADE.replace("GET", method) + "\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET\r\n");
    }

    @Test
    void shouldRefuseWhatTheCarrierDidNotSign() {
        carrier = CarrierConnection.validated(5);
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(carrier.admission.calls()).isZero();
    }

    @Test
    void shouldRefuseTheSignatureOfAWebhook() {
        carrier = CarrierConnection.validated(5);
        String asHttps = CarrierConnection.signature("https", "/twilio/media", Map.of());
        assertThat(carrier.send(OPEN_UPGRADE + "X-Twilio-Signature: " + asHttps + "\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void shouldLetInWhatTheCarrierSigned() {
        carrier = CarrierConnection.validated(5);
        assertThat(carrier.send(carrier.signedUpgrade())).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void shouldCloseASignedStreamWithoutTheTokenOfAWebhook() {
        carrier = CarrierConnection.validated(5);
        carrier.send(carrier.signedUpgrade());
        carrier.channel.writeInbound(CarrierConnection.text(SpokenTwilio.START));
        carrier.turn();
        assertThat(carrier.registry.find(SpokenTwilio.CALL)).isNull();
        assertThat(carrier.hangups).isEmpty();
        assertThat(carrier.admission.calls()).isZero();
        ByteBuf close = carrier.channel.readOutbound();
        assertThat(close.getUnsignedByte(0)).isEqualTo((short) 0x88);
        assertThat(close.getUnsignedShort(2)).isEqualTo(1008);
        close.release();
    }

    @Test
    void shouldRefuseAtCapacityAndCountIt() {
        for (int i = 0; i < 5; i++) {
            carrier.admission.enter();
        }
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n")).startsWith("HTTP/1.1 503 ");
        assertThat(carrier.admission.refused()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            carrier.admission.leave();
        }
    }

    @Test
    void shouldRefuseWhileDraining() {
        carrier.admission.drain();
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n")).startsWith("HTTP/1.1 503 ");
        assertThat(carrier.admission.refused()).isEqualTo(1);
    }

    @Test
    void shouldGiveThePlaceBackWhenTheLaneIsFull() {
        List<EmbeddedChannel> streams = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            EmbeddedChannel stream = carrier.another();
            assertThat(carrier.send(stream, OPEN_UPGRADE + "\r\n")).startsWith("HTTP/1.1 101 ");
            streams.add(stream);
        }
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n")).startsWith("HTTP/1.1 503 ");
        assertThat(carrier.admission.calls()).isEqualTo(2);
        assertThat(carrier.admission.refused()).isEqualTo(1);
        streams.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void shouldGiveThePlaceBackWhenNoCallCanBeMade() {
        carrier.openerFails = true;
        assertThat(carrier.send(OPEN_UPGRADE + "\r\n")).isEmpty();
        assertThat(carrier.channel.isOpen()).isFalse();
        assertThat(carrier.admission.calls()).isZero();
    }

    @Test
    void shouldAcceptNoExtensionAndNoSubprotocol() {
        assertThat(carrier.send(OPEN_UPGRADE + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                        + "Sec-WebSocket-Protocol: audio.twilio.com, chat\r\n\r\n"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("extensions")
                .doesNotContainIgnoringCase("protocol:");
    }

    @Test
    void shouldEndACallWhoseStreamNeverStarts() {
        carrier.send(OPEN_UPGRADE + "\r\n");
        carrier.pass(4);
        assertThat(carrier.admission.calls()).isEqualTo(1);
        carrier.pass(1);
        carrier.pass(1);
        assertThat(carrier.channel.isOpen()).isFalse();
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.summaries)
                .singleElement()
                .satisfies(summary -> assertThat(summary.reason()).isEqualTo(HangupReason.NO_START));
        assertThat(carrier.hangups).isEmpty();
    }

    @Test
    void shouldEndACallWhoseConnectionIsGoneBeforeTheHandshakeIsWritten() {
        // the refusal of the first closes the connection under the second
        carrier.channel.writeInbound(
                Unpooled.copiedBuffer("GET /nowhere HTTP/1.1\r\n\r\n" + OPEN_UPGRADE + "\r\n", UTF_8));
        carrier.turn();
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.channel.isOpen()).isFalse();
    }

    @Test
    void shouldEndTheCallOfAPeerThatSendsRubbish() {
        carrier.send(OPEN_UPGRADE + "\r\n");
        carrier.channel.writeInbound(CarrierConnection.text(SpokenTwilio.START));
        carrier.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3, 4}));
        carrier.pass(2);
        assertThat(carrier.channel.isOpen()).isFalse();
        assertThat(carrier.admission.calls()).isZero();
    }

    @Test
    void shouldAnswerEverythingElseWithNotFound() {
        for (String target : List.of("/", "/twilio", "/twilio/media/", "/twilio/voice/x", "/metrics", "/%zz", "*")) {
            EmbeddedChannel visitor = carrier.another();
            assertThat(carrier.send(visitor, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .as(target)
                    .startsWith("HTTP/1.1 404 ");
            visitor.finishAndReleaseAll();
        }
    }

    @Test
    void shouldWantWebhooksToBePosted() {
        for (String path : List.of("/twilio/voice", "/twilio/status?x=1")) {
            EmbeddedChannel visitor = carrier.another();
            assertThat(carrier.send(visitor, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: POST\r\n");
            visitor.finishAndReleaseAll();
        }
    }
}
