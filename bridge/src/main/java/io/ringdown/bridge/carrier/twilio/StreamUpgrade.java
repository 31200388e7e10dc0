package io.ringdown.bridge.carrier.twilio;

import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UPGRADE_REQUIRED;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.Refusal;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.bridge.net.TextFrameDecoder;
import io.ringdown.engine.lane.CallSummary;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes a connection a stream: a place is taken, a call opened on the connection's lane, and the pipeline becomes that of a
 * WebSocket, without extensions or subprotocols, since the carrier offers none. Lane only.
 */
public final class StreamUpgrade {
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Workbench.MAX_MESSAGE_BYTES)
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .closeOnProtocolViolation(true)
            .build();
    private static final Map<String, String> WANTED = Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13");

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
        if (!isUpgrade(request.headers())) {
            HttpReply.text(UPGRADE_REQUIRED, "a WebSocket, version 13")
                    .with(WANTED)
                    .answer(context, request);
            return;
        }
        TwilioLeg leg = admission.enter() ? open() : null;
        if (leg == null) {
            HttpReply.text(SERVICE_UNAVAILABLE, "at capacity").answer(context, request);
            return;
        }
        become(context, leg); // first: whatever becomes of the handshake, the leg hears of it and the call ends
        new Handshaker(leg).handshake(context.channel(), request);
    }

    /** The place is given back when nothing is left of the call: at once, when there is no room for one. */
    private TwilioLeg open() {
        TwilioLeg leg = null;
        try {
            leg = opener.open(summary -> admission.leave());
            return leg;
        } finally {
            if (leg == null) {
                admission.leave();
                admission.countRefusal(Refusal.CAPACITY);
            }
        }
    }

    /** No laxer than Netty's handshaker, which would throw when the connection is a call's already. */
    private static boolean isUpgrade(HttpHeaders headers) {
        return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE))
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    private static final class Handshaker extends WebSocketServerHandshaker13 {
        private final TwilioLeg leg;

        Handshaker(TwilioLeg leg) {
            super(null, null, FRAMES);
            this.leg = leg;
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new TextFrameDecoder(FRAMES, leg::onWholeText);
        }
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
