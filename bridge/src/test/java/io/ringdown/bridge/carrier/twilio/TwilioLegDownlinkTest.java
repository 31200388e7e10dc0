package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.SID1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import org.junit.jupiter.api.Test;

/** What the call says reaches the carrier. */
class TwilioLegDownlinkTest extends TwilioLegOnLane {
    @Test
    void shouldSendAudioMarksAndClear() {
        converse();
        Frame frame = new FramePool(640, 1).acquire();
        System.arraycopy("/////w==".getBytes(US_ASCII), 0, frame.text(), 0, 8);
        frame.filled(8, 4);

        leg.sendAudio(frame);
        leg.sendMark(3, 17);
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(leg.pendingBytes()).isPositive();
        leg.flush();
        leg.sendClear();

        assertThat(sent())
                .containsExactly(
                        "{\"event\":\"media\",\"streamSid\":\"" + SID1 + "\",\"media\":{\"payload\":\"/////w==\"}}",
                        "{\"event\":\"mark\",\"streamSid\":\"" + SID1 + "\",\"mark\":{\"name\":\"g3.m17\"}}",
                        "{\"event\":\"clear\",\"streamSid\":\"" + SID1 + "\"}");
        assertThat(leg.pendingBytes()).isZero();
    }

    @Test
    void shouldSwallowWhatIsSentBeforeTheStartAndAfterTheEnd() {
        leg.sendMark(0, 1);
        leg.sendClear();
        converse();
        channel.close();
        leg.sendMark(0, 1);
        leg.sendClear();
        leg.flush();
        leg.close();

        assertThat(leg.writable()).isFalse();
        assertThat(leg.pendingBytes()).isZero();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void shouldSayWhenTheSocketTakesNoMore() {
        converse();
        for (int i = 1; leg.writable(); i++) {
            leg.sendMark(0, i);
        }
        assertThat(leg.pendingBytes()).isGreaterThan(channel.config().getWriteBufferHighWaterMark());

        leg.flush();
        assertThat(leg.writable()).isTrue();
    }

    @Test
    void shouldAnswerPingsUnlessAnswersPileUp() {
        converse();
        channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer("a", US_ASCII)));
        PongWebSocketFrame pong = channel.readOutbound();
        assertThat(pong.content().toString(US_ASCII)).isEqualTo("a");
        pong.release();

        for (int i = 1; leg.writable(); i++) {
            leg.sendMark(0, i);
        }
        channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer("b", US_ASCII)));
        leg.flush();
        assertThat(sent()).allMatch(text -> text.contains("mark"));
    }

    @Test
    void shouldUnderstandTheEchoOfWhatItSent() {
        converse();
        leg.sendMark(0, 1);
        leg.flush();
        hear(SpokenTwilio.mark("g0.m1"), SpokenTwilio.mark("never-sent"), SpokenTwilio.dtmf("\"5\""));

        assertThat(workbench.badMessages(BadMessage.UNKNOWN_MARK)).isEqualTo(1);
    }
}
