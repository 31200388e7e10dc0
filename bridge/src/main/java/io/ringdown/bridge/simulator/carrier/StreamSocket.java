package io.ringdown.bridge.simulator.carrier;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.util.concurrent.TimeUnit;

/** One stream's socket: the upgrade, then whole WebSocket messages to the live call. */
final class StreamSocket extends SimpleChannelInboundHandler<Object> {
    private static final int UPGRADE_TIMEOUT_S = 10;

    private final CarrierCall call;
    private final CarrierHandshake handshake;
    private final UplinkMessages messages;
    private CallerStream stream; // null until the upgrade is done
    private boolean refused;
    private String failure = "closed by the server";

    StreamSocket(CarrierCall call, CarrierHandshake handshake, UplinkMessages messages) {
        this.call = call;
        this.handshake = handshake;
        this.messages = messages;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        handshake.handshake(ctx.channel());
        ctx.executor().schedule(() -> closeUnlessOpen(ctx), UPGRADE_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private void closeUnlessOpen(ChannelHandlerContext ctx) {
        if (stream == null) {
            failure = "upgrade not answered";
            ctx.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        if (stream == null) {
            onUpgradeAnswer(ctx, (FullHttpResponse) message);
        } else if (message instanceof TextWebSocketFrame text) {
            stream.onText(text.content());
        } else if (message instanceof BinaryWebSocketFrame) {
            call.log().violation("31950 binary message", "");
        } else if (message instanceof PingWebSocketFrame ping) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (message instanceof CloseWebSocketFrame close) {
            stream.onClose(close.statusCode());
        }
    }

    private void onUpgradeAnswer(ChannelHandlerContext ctx, FullHttpResponse response) {
        int status = response.status().code();
        try {
            if (status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                refuse(ctx, status, "31920 status " + status);
                return;
            }
            if (response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
                call.log().violation("31924 extensions nobody offered", "");
            }
            handshake.finishHandshake(ctx.channel(), response);
        } catch (WebSocketHandshakeException e) {
            refuse(ctx, status, e.getMessage());
            return;
        }
        ctx.pipeline().addBefore(ctx.name(), null, new WebSocketFrameAggregator(CarrierHandshake.MAX_MESSAGE_BYTES));
        stream = new CallerStream(call, ctx.channel(), messages);
        stream.open();
    }

    private void refuse(ChannelHandlerContext ctx, int status, String why) {
        refused = true;
        call.ended(CallEnding.Cause.UPGRADE_REFUSED, status, why);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.onInactive(failure);
        } else if (!refused) {
            call.ended(CallEnding.Cause.CONNECT_FAILED, 0, failure);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = cause.toString();
        if (cause instanceof CorruptedWebSocketFrameException) {
            call.log().violation("31924 WebSocket protocol", cause.getMessage());
        }
        ctx.close();
    }
}
