package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.lane.HangupCommand;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind TLS, {@code tx} is empty when the socket has taken the encrypted bytes, and not before (S18). */
class TwilioLegOverTlsTest extends TwilioLegOnLane {
    private static final int LOW_BYTES = 8 * 1_024;
    private static final int HIGH_BYTES = 16 * 1_024;
    private static final int FRAME_BYTES = 480;
    private static final int FRAME_MS = 60;
    private static final int SPEECH_MS = 1_200;
    private static final int CARRIER_STALL_MS = 5_000;

    private EmbeddedChannel carrier;

    /** Both ends of TLS, the handshake still to come. */
    private void encrypt(SslProvider provider) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=voice.example.com")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SslContext ours = SslContextBuilder.forServer(bundle.toKeyManagerFactory())
                .sslProvider(provider)
                .build();
        SslContext theirs = SslContextBuilder.forClient()
                .trustManager(bundle.toTrustManager())
                .endpointIdentificationAlgorithm(null)
                .build();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_BYTES, HIGH_BYTES));
        channel.pipeline().addFirst(new WebSocket13FrameEncoder(false));
        channel.pipeline().addFirst(ours.newHandler(channel.alloc()));
        carrier = new EmbeddedChannel(theirs.newHandler(channel.alloc()));
    }

    private void exchange() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Object bytes = carrier.readOutbound(); bytes != null; bytes = carrier.readOutbound()) {
                channel.writeInbound(bytes);
                moved = true;
            }
            for (Object bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
                carrier.writeInbound(bytes);
                moved = true;
            }
        }
    }

    private void conversing(SslProvider provider) throws Exception {
        encrypt(provider);
        exchange();
        converse();
        exchange();
    }

    private void happens(Consumer<CallEvent> fill) {
        long sequence = port.claim();
        fill.accept(port.slot(sequence));
        port.publish(sequence);
        turn();
    }

    /** In real time. */
    private void modelSpeaks(int ms) {
        for (int spokenMs = 0; spokenMs < ms; spokenMs += FRAME_MS) {
            modelSpeaks();
            pass(FRAME_MS);
        }
    }

    private void modelSpeaks() {
        Frame frame = lane.downlinkFrame(port);
        byte[] text = "/".repeat(FRAME_BYTES / 3 * 4).getBytes(US_ASCII);
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, FRAME_BYTES);
        happens(event -> event.audioDelta("resp_1", "item_1", 0, frame));
    }

    private void pass(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
        turn();
    }

    private void finish() {
        stalled = false;
        carrier.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldCountWhatWaitsForTheHandshake(SslProvider provider) throws Exception {
        encrypt(provider);
        converse();
        leg.sendMark(0, 1);
        leg.flush();
        long one = leg.pendingBytes();
        assertThat(one).isGreaterThan("{\"event\":\"mark\"}".length());
        for (int i = 2; leg.writable(); i++) {
            leg.sendMark(0, i);
            leg.flush();
        }
        assertThat(leg.pendingBytes()).isGreaterThan(HIGH_BYTES);

        exchange();
        assertThat(leg.pendingBytes()).isZero();
        assertThat(leg.writable()).isTrue();
        finish();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldCountWhatIsEncryptedAndNotTaken(SslProvider provider) throws Exception {
        conversing(provider);
        stalled = true;
        leg.sendMark(0, 1);
        leg.flush();
        assertThat(leg.pendingBytes()).isPositive();

        stalled = false;
        channel.flush();
        assertThat(leg.pendingBytes()).isZero();
        finish();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldGiveUpACarrierThatTakesNothing(SslProvider provider) throws Exception {
        conversing(provider);
        happens(event -> event.responseCreated("resp_1", ResponsePurpose.TURN));
        stalled = true;
        modelSpeaks(SPEECH_MS);
        pass(CARRIER_STALL_MS - SPEECH_MS - 1);
        assertThat(hangups).isEmpty();
        assertThat(leg.pendingBytes()).isPositive();

        pass(2);
        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.PEER_ABUSE);
        finish();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldBearWithACarrierThatReadsNowAndThen(SslProvider provider) throws Exception {
        conversing(provider);
        happens(event -> event.responseCreated("resp_1", ResponsePurpose.TURN));
        for (int round = 0; round < 3; round++) {
            stalled = true;
            modelSpeaks(SPEECH_MS);
            pass(CARRIER_STALL_MS - SPEECH_MS - 100);
            assertThat(leg.pendingBytes()).isPositive();
            stalled = false;
            channel.flush();
            exchange();
            pass(1);
        }
        assertThat(hangups).isEmpty();
        finish();
    }
}
