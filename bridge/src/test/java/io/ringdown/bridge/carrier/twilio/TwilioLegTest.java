package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.SID1;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.media;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.payload;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real lane, a call that has only this leg, and a channel without a network. */
class TwilioLegTest {
    private static final CallSettings SETTINGS =
            new CallSettings(DrainPolicy.PLAYBACK, false, false, null, null, Map.of(), CallSettings.Times.defaults());

    private final List<HangupCommand> hangups = new ArrayList<>();
    private final List<CallSummary> summaries = new ArrayList<>();
    private final List<StreamStart> starts = new ArrayList<>();
    private final FakeModel model = new FakeModel();
    private final Lane lane =
            new Lane("lane-0", new LaneSettings(16, 2, 64, 8, 16_000, 16_000), () -> 0, hangups::add, () -> {});
    private final Workbench workbench = new Workbench(() -> 0);

    private String refusal;
    private TwilioLeg leg;
    private final CallPort port = lane.open(
            SETTINGS,
            port -> {
                leg = new TwilioLeg(port, workbench, start -> {
                    starts.add(start);
                    return refusal;
                });
                return new Legs(leg, model);
            },
            summaries::add);
    private final EmbeddedChannel channel = new EmbeddedChannel(leg);

    @AfterEach
    void shouldOweNothing() {
        channel.finishAndReleaseAll();
        turn();
        assertThat(lane.uplinkFrames().lent()).isZero();
        assertThat(summaries).hasSize(1);
        assertThat(summaries.get(0).uplink().balances()).isTrue();
    }

    // in

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

        assertThat(model.audio).hasSize(5).allMatch(piece -> piece.length() <= 640);
        assertThat(String.join("", model.audio)).isEqualTo(payload);
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
            channel.writeInbound(text(SpokenTwilio.STOP));
        };
        hear(media("AAAA", 0));
        turn();

        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(lane.counters().get(LaneCounter.EVENTS_UNCLAIMED)).isPositive();
        assertThat(model.audio.subList(1, model.audio.size())).isEqualTo(sent);
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

    @Test
    void shouldLeaveTheCloseOfBrokenFramesToNetty() {
        converse();
        channel.pipeline()
                .fireExceptionCaught(
                        new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "RSV != 0", null));
        turn();

        assertThat(hangups).extracting(HangupCommand::reason).containsExactly(HangupReason.PEER_ABUSE);
        assertThat(channel.<Object>readOutbound()).isNull();
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

    // the end

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
        model.beforeAudio = () -> leg.sendClear();
        hear(media("AAAA", 0));

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

    // out

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

    /** The stream has started and the model is ready for audio. */
    private void converse() {
        hear(SpokenTwilio.START);
        happened(EventType.MODEL_CONNECTED);
        happened(EventType.SESSION_CONFIRMED);
    }

    private void happened(EventType type) {
        long sequence = port.claim();
        port.slot(sequence).happened(type);
        port.publish(sequence);
        turn();
    }

    private void hear(String... messages) {
        for (String message : messages) {
            channel.writeInbound(text(message));
            turn();
        }
    }

    private void turn() {
        while (lane.doWork() > 0) {
            // until nothing is left to do
        }
    }

    private static WebSocketFrame text(String message) {
        ByteBuf direct = Unpooled.directBuffer().writeBytes(message.getBytes(US_ASCII));
        return new TextWebSocketFrame(direct);
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (WebSocketFrame frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            sent.add(frame.content().toString(US_ASCII));
            frame.release();
        }
        return sent;
    }

    /** The close, and nothing else, was sent. */
    private void assertClosedWith(WebSocketCloseStatus status) {
        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(status.code());
        close.release();
        assertThat(channel.<Object>readOutbound()).isNull();
    }
}
