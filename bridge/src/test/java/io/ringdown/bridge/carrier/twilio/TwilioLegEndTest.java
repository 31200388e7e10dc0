package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.media;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.LaneCounter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a stream ends, its call ends once. */
class TwilioLegEndTest extends TwilioLegOnLane {
    @Test
    void shouldEndACallThatIsAbused() {
        converse();
        for (int i = 0; i < 100; i++) {
            hear("nonsense");
        }
        assertThat(hangups).isEmpty();
        hear("nonsense", "nonsense");

        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.PEER_ABUSE);
        assertClosedWith(WebSocketCloseStatus.POLICY_VIOLATION);
        assertThat(workbench.badMessages(BadMessage.NOT_JSON)).isEqualTo(101);
    }

    @Test
    void shouldEndACallWhoseMessageIsTooLong() {
        channel.pipeline().addFirst(new WebSocketFrameAggregator(Workbench.MAX_MESSAGE_BYTES));
        converse();
        channel.writeInbound(new TextWebSocketFrame(false, 0, Unpooled.buffer().writeZero(60_000)));
        channel.writeInbound(
                new ContinuationWebSocketFrame(true, 0, Unpooled.buffer().writeZero(60_000)));
        turn();

        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.PEER_ABUSE);
        assertClosedWith(WebSocketCloseStatus.MESSAGE_TOO_BIG);
    }

    @ParameterizedTest
    @CsvSource({"F100,1002", "817F0000000000011170,1009", "8101FF,1007"})
    void shouldLeaveTheCloseOfBrokenFramesToNetty(String frame, int status) {
        converse();
        channel.pipeline()
                .addFirst(
                        new WebSocket13FrameEncoder(false),
                        new WebSocket13FrameDecoder(false, false, Workbench.MAX_MESSAGE_BYTES),
                        new Utf8FrameValidator(),
                        new WebSocketFrameAggregator(Workbench.MAX_MESSAGE_BYTES));
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(frame)));
        turn();

        ByteBuf close = channel.readOutbound();
        assertThat(close.getUnsignedByte(0)).isEqualTo((short) 0x88);
        assertThat(close.getUnsignedShort(2)).isEqualTo(status);
        close.release();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(channel.isOpen()).isFalse();
        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.PEER_ABUSE);
    }

    @Test
    void shouldEndTheCallWhenWeFailOurselves() {
        converse();
        channel.pipeline().fireExceptionCaught(new IllegalStateException("a bug"));
        turn();

        assertClosedWith(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void shouldNotMindAWriteThatFails() {
        converse();
        channel.pipeline().fireExceptionCaught(new ClosedChannelException());
        hear(media("AAAA", 0));

        assertThat(model.audio).containsExactly("AAAA");
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void shouldEndTheCallOnceWhenTheCarrierStops() {
        converse();
        hear(SpokenTwilio.STOP, SpokenTwilio.STOP);
        channel.close();
        turn();

        assertThat(summaries).hasSize(1);
        assertThat(lane.counters().get(LaneCounter.EVENTS_STALE)).isZero();
        assertThat(hangups).isEmpty();
    }

    @Test
    void shouldSendNothingIntoAStreamThatStopped() {
        converse();
        hear(SpokenTwilio.STOP);

        assertClosedWith(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    @Test
    void shouldEndTheCallWhenTheSocketIsLost() {
        converse();
        channel.close();
        turn();

        assertThat(summaries).hasSize(1);
        assertThat(model.closed).isPositive();
    }

    @Test
    void shouldReportALossThatComesWhileTheLaneServesCallsAfterwards() {
        converse();
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                ctx.fireExceptionCaught(new IOException("broken pipe"));
                ctx.close();
            }
        });
        model.beforeAudio = () -> {
            long before = publish(EventType.SPEECH_STOPPED);
            leg.sendClear();
            assertThat(publish(EventType.SPEECH_STOPPED)).isEqualTo(before + 1);
        };
        hear(media("AAAA", 0));

        assertThat(channel.isOpen()).isFalse();
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldAnswerACloseAndClose() {
        converse();
        channel.writeInbound(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE, "bye"));
        turn();

        assertClosedWith(WebSocketCloseStatus.NORMAL_CLOSURE);
        assertThat(channel.isOpen()).isFalse();
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldCloseOnceAndWaitForTheAnswer() {
        converse();
        leg.close();
        leg.close();
        leg.sendClear();
        hear(media("AAAA", 0));

        assertClosedWith(WebSocketCloseStatus.NORMAL_CLOSURE);
        assertThat(model.audio).isEmpty();
        assertThat(channel.isOpen()).isTrue();

        channel.writeInbound(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void shouldCloseAChannelThatComesTooLate() {
        TwilioLeg late = new TwilioLeg(port, workbench, start -> Admittance.letIn(null));
        late.close();

        assertThat(new EmbeddedChannel(late).isOpen()).isFalse();
    }

    @Test
    void shouldNotWaitForTheAnswerForLong() {
        converse();
        channel.freezeTime();
        leg.close();
        channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}
