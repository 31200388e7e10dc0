package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.media;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.payload;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.LaneCounter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the carrier says reaches the call. */
class TwilioLegUplinkTest extends TwilioLegOnLane {
    @Test
    void shouldStartTheCall() {
        hear(SpokenTwilio.CONNECTED, SpokenTwilio.START);

        assertThat(model.connecting).isTrue();
        assertThat(starts).extracting(StreamStart::callSid).containsExactly(SpokenTwilio.CALL);
    }

    @Test
    void shouldAskForAdmissionOnce() {
        hear(SpokenTwilio.START, SpokenTwilio.START, SpokenTwilio.start(SpokenTwilio.SID2));

        assertThat(starts).hasSize(1);
        assertThat(workbench.badMessages(BadMessage.FOREIGN_STREAM)).isEqualTo(1);
    }

    @Test
    void shouldCloseAStreamThatIsRefused() {
        refusal = "token is forged";
        hear(SpokenTwilio.START, media("AAAA", 0));

        assertClosedWith(WebSocketCloseStatus.POLICY_VIOLATION);
        assertThat(model.connecting).isFalse();
        assertThat(hangups).isEmpty();
    }

    @Test
    void shouldPassAudioOn() {
        converse();
        hear(media("/////w==", 20));

        assertThat(model.audio).containsExactly("/////w==");
    }

    @Test
    void shouldCutLongAudioWithoutLosingAByte() {
        converse();
        String payload = payload(2_000);
        hear(media(payload, 0));

        assertThat(model.audio).hasSize(3).allMatch(piece -> piece.length() <= 1_280);
        assertThat(String.join("", model.audio)).isEqualTo(payload);
        assertThat(lane.counters().get(LaneCounter.UPLINK_FORWARDED_BYTES)).isEqualTo(2_000);
    }

    @Test
    void shouldCountAudioForWhichThereIsNoFrame() {
        converse();
        List<Frame> taken = new ArrayList<>();
        for (Frame frame = lane.uplinkFrames().acquire();
                frame != null;
                frame = lane.uplinkFrames().acquire()) {
            taken.add(frame);
        }
        taken.remove(0).release();
        hear(media(payload(1_001), 0));
        taken.forEach(Frame::release);

        assertThat(String.join("", model.audio)).hasSize(640);
        assertThat(lane.counters().droppedBytes(DropReason.POOL_SPENT)).isEqualTo(521);
    }

    @Test
    void shouldKeepWhatTheRingHasNoRoomForAndStopReading() {
        converse();
        List<String> sent = new ArrayList<>();
        model.beforeAudio = () -> { // the lane is draining its ring: it cannot make room for us
            model.beforeAudio = () -> {};
            for (int i = 0; i < 20; i++) {
                sent.add(payload(100 + i));
                channel.writeInbound(text(media(sent.get(i), i)));
            }
            assertThat(channel.config().isAutoRead()).isFalse();
        };
        model.beforeFlush = () -> { // there is some room again, but others wait for it
            model.beforeFlush = () -> {};
            sent.add(payload(200));
            channel.writeInbound(text(media(payload(200), 20)));
        };
        hear(media("AAAA", 0));
        turn();
        hear(SpokenTwilio.STOP);

        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(lane.counters().get(LaneCounter.EVENTS_UNCLAIMED)).isPositive();
        assertThat(decoded(model.audio.subList(1, model.audio.size()))).isEqualTo(decoded(sent));
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldLeaveNoHoleInTheRingWhenItsCallEndsWhileItMakesRoom() {
        converse();
        model.beforeAudio = () -> { // the lane is draining its ring: what it holds behind us is read later
            model.beforeAudio = () -> {};
            long sequence = port.claim();
            port.slot(sequence).happened(EventType.CARRIER_LOST);
            port.publish(sequence);
            for (int i = 0; i < 20; i++) {
                channel.writeInbound(text(media("AAAA", i)));
            }
        };
        hear(media("AAAA", 0));
        turn();
        assertThat(lane.eventsWaiting())
                .as("all that was claimed is published and handled")
                .isZero();
        assertThat(lane.uplinkFrames().lent()).isZero();
        channel.close();
        turn();
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldGiveBackTheAudioThatWaitsWhenItCloses() {
        converse();
        model.beforeAudio = () -> {
            model.beforeAudio = () -> {};
            for (int i = 0; i < 20; i++) {
                channel.writeInbound(text(media("AAAA", i)));
            }
            int lent = lane.uplinkFrames().lent();
            leg.close();
            assertThat(lane.uplinkFrames().lent()).isLessThan(lent);
        };
        hear(media("AAAA", 0));
        channel.close();
        turn();

        assertThat(lane.uplinkFrames().lent()).isZero();
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldGiveBackTheAudioThatWaitsWhenItsCallFails() {
        converse();
        model.beforeFlush = () -> {
            for (int i = 0; i < 20; i++) {
                channel.writeInbound(text(media("AAAA", i)));
            }
            channel.close();
            throw new IllegalStateException("a bug");
        };
        hear(media("AAAA", 0));

        assertThat(lane.uplinkFrames().lent()).isZero();
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldSurviveMessagesThatAreNotText() {
        converse();
        channel.writeInbound(new BinaryWebSocketFrame(Unpooled.copiedBuffer("{}", US_ASCII)));
        channel.writeInbound(new PongWebSocketFrame());
        channel.writeInbound(new TextWebSocketFrame(Unpooled.buffer(70_000).writeZero(70_000)));
        hear("", "nonsense", media("AAAA", 0));

        assertThat(workbench.badMessages(BadMessage.BINARY)).isEqualTo(1);
        assertThat(workbench.badMessages(BadMessage.TOO_LONG)).isEqualTo(1);
        assertThat(workbench.badMessages(BadMessage.NOT_JSON)).isEqualTo(2);
        assertThat(model.audio).containsExactly("AAAA");
    }

    private static String decoded(List<String> pieces) {
        return pieces.stream()
                .map(piece -> ByteBufUtil.hexDump(Base64.getDecoder().decode(piece)))
                .collect(Collectors.joining());
    }
}
