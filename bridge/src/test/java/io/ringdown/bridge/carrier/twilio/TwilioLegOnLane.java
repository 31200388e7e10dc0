package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A leg to test: on a real lane, in a call that has only this leg, with a channel without a network. */
abstract class TwilioLegOnLane {
    static final CallSettings SETTINGS = new CallSettings(
            "default",
            DrainPolicy.PLAYBACK,
            false,
            false,
            null,
            null,
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());

    long nowNs;
    boolean stalled;

    final List<HangupCommand> hangups = new ArrayList<>();
    final List<CallSummary> summaries = new ArrayList<>();
    final List<StreamStart> starts = new ArrayList<>();
    final FakeModel model = new FakeModel();
    final Lane lane = new Lane(
            "lane-0", new LaneSettings(ringSlots(), 2, 64, 64, 16_000, 32_000), () -> nowNs, hangups::add, () -> {});
    final Workbench workbench = new Workbench(() -> 0);

    String refusal;
    TwilioLeg leg;
    final CallPort port = lane.open(
            SETTINGS,
            port -> {
                leg = new TwilioLeg(port, workbench, start -> {
                    starts.add(start);
                    return new Admittance(null, refusal);
                });
                return new Legs(leg, model);
            },
            summaries::add);
    /** Whose socket takes nothing while {@code stalled}. */
    final EmbeddedChannel channel = new EmbeddedChannel(leg) {
        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!stalled) {
                super.doWrite(in);
            }
        }
    };

    /** Few, so that a full ring is soon seen. */
    int ringSlots() {
        return 16;
    }

    @AfterEach
    void shouldOweNothing() {
        channel.finishAndReleaseAll();
        turn();
        assertThat(lane.uplinkFrames().lent()).isZero();
        assertThat(summaries).hasSize(1);
        assertThat(summaries.get(0).uplink().balances()).isTrue();
    }

    /** The stream has started and the model is ready for audio. */
    void converse() {
        hear(SpokenTwilio.START);
        happened(EventType.MODEL_CONNECTED);
        happened(EventType.SESSION_CONFIRMED);
    }

    void happened(EventType type) {
        publish(type);
        turn();
    }

    long publish(EventType type) {
        long sequence = port.claim();
        port.slot(sequence).happened(type);
        port.publish(sequence);
        return sequence;
    }

    void hear(String... messages) {
        for (String message : messages) {
            channel.writeInbound(text(message));
            turn();
        }
    }

    void turn() {
        while (lane.doWork() > 0) {
            // until nothing is left to do
        }
    }

    static WebSocketFrame text(String message) {
        ByteBuf direct = Unpooled.directBuffer().writeBytes(message.getBytes(US_ASCII));
        return new TextWebSocketFrame(direct);
    }

    /** The texts that were sent, as who receives them reads them. */
    List<String> sent() {
        EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 65_536));
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            peer.writeInbound(bytes);
        }
        List<String> sent = new ArrayList<>();
        for (TextWebSocketFrame frame = peer.readInbound(); frame != null; frame = peer.readInbound()) {
            sent.add(frame.text());
            frame.release();
        }
        peer.finishAndReleaseAll();
        return sent;
    }

    /** The close, and nothing else, was sent. */
    void assertClosedWith(WebSocketCloseStatus status) {
        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(status.code());
        close.release();
        assertThat(channel.<Object>readOutbound()).isNull();
    }
}
