package io.ringdown.bridge.carrier.twilio;

import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UPGRADE_REQUIRED;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.engine.lane.CallSummary;
import java.util.function.Consumer;

/**
 * Makes a connection a stream: a place is taken, a call opened on the connection's lane, and the pipeline becomes that of a
 * WebSocket, without extensions or subprotocols, since the carrier offers none. Lane only.
 */
public final class StreamUpgrade {
    private static final WebSocketServerHandshakerFactory HANDSHAKERS = new WebSocketServerHandshakerFactory(
            null,
            null,
            WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(Workbench.MAX_MESSAGE_BYTES)
                    .expectMaskedFrames(true)
                    .allowExtensions(false)
                    .closeOnProtocolViolation(true)
                    .build());

    private final Admission admission;
    private final CallOpener opener;

    /** Opens a call on the lane of the connection. */
    @FunctionalInterface
    public interface CallOpener {
        /**
         * @param whenOver to be told once, when nothing is left of the call
         * @return the leg that handles the stream, or null when the lane is full
         */
        TwilioLeg open(Consumer<CallSummary> whenOver);
    }

    public StreamUpgrade(Admission admission, CallOpener opener) {
        this.admission = admission;
        this.opener = opener;
    }

    void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker = HANDSHAKERS.newHandshaker(request);
        if (handshaker == null || !isUpgrade(request)) {
            HttpReply.text(UPGRADE_REQUIRED, "a WebSocket, version 13").answer(context, request);
            return;
        }
        if (!admission.enter()) {
            HttpReply.text(SERVICE_UNAVAILABLE, "at capacity").answer(context, request);
            return;
        }
        TwilioLeg leg = opener.open(summary -> admission.leave());
        if (leg == null) {
            admission.leave();
            HttpReply.text(SERVICE_UNAVAILABLE, "at capacity").answer(context, request);
            return;
        }
        handshaker.handshake(context.channel(), request);
        become(context, leg);
    }

    private static boolean isUpgrade(FullHttpRequest request) {
        return "websocket".equalsIgnoreCase(request.headers().get("Upgrade"));
    }

    private static void become(ChannelHandlerContext context, TwilioLeg leg) {
        ChannelPipeline pipeline = context.pipeline();
        HttpPipeline.lift(pipeline);
        pipeline.addLast(new Utf8FrameValidator());
        pipeline.addLast(new WebSocketFrameAggregator(Workbench.MAX_MESSAGE_BYTES));
        pipeline.addLast(leg);
        pipeline.remove(context.handler());
    }
}
