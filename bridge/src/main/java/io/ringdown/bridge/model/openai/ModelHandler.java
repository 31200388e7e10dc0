package io.ringdown.bridge.model.openai;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.ringdown.bridge.net.TextFrameDecoder;
import io.ringdown.bridge.net.Tls;
import java.nio.charset.StandardCharsets;

/** The WebSocket client protocol of a {@link ModelSocket}: upgrade, ping, close, and messages handed on. Lane only. */
final class ModelHandler extends SimpleChannelInboundHandler<Object> {
    private static final int MAX_QUOTED_BYTES = 1_024;

    /** A server that masks is none. Closing is ours: Netty's own close would miss the encoder, which is behind the decoder. */
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(ModelSocket.MAX_MESSAGE_BYTES)
            .expectMaskedFrames(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .build();

    private final ModelSocket socket;
    private final WebSocketClientHandshaker handshaker;
    private final boolean secure;
    private String cause;

    ModelHandler(ModelSocket socket, ModelEndpoint endpoint, String model) {
        this.socket = socket;
        secure = endpoint.tls() != null;
        // no extensions, no Origin, masked as the protocol demands
        handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                endpoint.uri(model),
                WebSocketVersion.V13,
                null,
                false,
                endpoint.headers(),
                ModelSocket.MAX_MESSAGE_BYTES,
                true,
                false,
                -1,
                false,
                false);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (secure) {
            socket.awaits("TLS");
        } else {
            upgrade(context);
        }
    }

    private void upgrade(ChannelHandlerContext context) {
        socket.awaits("the upgrade");
        handshaker.handshake(context.channel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                upgrade(context);
            } else {
                end(context, "TLS: " + Tls.reason(tls.cause()));
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof TextWebSocketFrame text) {
            socket.onReceived(text.content());
        } else if (message instanceof BinaryWebSocketFrame) {
            socket.onReceivedBinary();
        } else if (message instanceof PingWebSocketFrame ping) {
            onPing(context, ping);
        } else if (message instanceof CloseWebSocketFrame close) {
            onClosed(context, close);
        } else if (message instanceof FullHttpResponse response) {
            onUpgradeAnswered(context, response);
        }
    }

    /** A server that pings and does not read gets no answer: it would pile up. */
    private static void onPing(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), context.voidPromise());
        }
    }

    private void onClosed(ChannelHandlerContext context, CloseWebSocketFrame close) {
        if (!socket.isOver()) {
            context.writeAndFlush(close.retainedDuplicate(), context.voidPromise());
        }
        end(context, "closed by the server: " + close.statusCode());
    }

    private void onUpgradeAnswered(ChannelHandlerContext context, FullHttpResponse response) {
        if (handshaker.isHandshakeComplete()) {
            return;
        }
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            handshaker.finishHandshake(context.channel(), response);
            context.pipeline()
                    .replace(WebSocket13FrameDecoder.class, null, new TextFrameDecoder(FRAMES, socket::onReceived));
            context.pipeline()
                    .addBefore(context.name(), null, new WebSocketFrameAggregator(ModelSocket.MAX_MESSAGE_BYTES));
            socket.onConnected(context);
        } else {
            socket.onRefused(response.status().code(), quoted(response));
            end(context, "upgrade refused: " + response.status().code());
        }
    }

    private static String quoted(FullHttpResponse response) {
        int length = Math.min(response.content().readableBytes(), MAX_QUOTED_BYTES);
        return response.content().toString(response.content().readerIndex(), length, StandardCharsets.UTF_8);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException broken) {
            sayWhy(context, broken.closeStatus());
        } else if (failure instanceof TooLongFrameException) {
            sayWhy(context, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        }
        end(context, failure.toString());
    }

    private void sayWhy(ChannelHandlerContext context, WebSocketCloseStatus status) {
        if (handshaker.isHandshakeComplete() && !socket.isOver()) {
            context.writeAndFlush(new CloseWebSocketFrame(status), context.voidPromise());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        socket.onLost(cause == null ? "connection lost" : cause);
    }

    /** The first cause is the one that is told. */
    private void end(ChannelHandlerContext context, String cause) {
        if (this.cause == null) {
            this.cause = cause;
        }
        context.close();
    }
}
