package io.ringdown.bridge.model.openai;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A WebSocket server that does what a test says: accepts or refuses the upgrade, remembers what it is sent. */
final class FakeServer implements AutoCloseable {
    final List<String> received = new CopyOnWriteArrayList<>();
    volatile HttpResponseStatus refusal;
    volatile String refusalBody = "";
    volatile boolean silent;
    volatile String uri;
    volatile HttpHeaders headers;
    volatile Channel client;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    /** {@code tls} may be null. */
    FakeServer(SslContext tls) {
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new Handler());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Sends a frame to the client that is connected. */
    void send(WebSocketFrame frame) {
        client.writeAndFlush(frame);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private final class Handler extends SimpleChannelInboundHandler<Object> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpRequest request) {
                answer(context, request);
            } else if (message instanceof TextWebSocketFrame text) {
                received.add(text.text());
            } else if (message instanceof PongWebSocketFrame pong) {
                received.add("pong " + pong.content().toString(StandardCharsets.UTF_8));
            } else if (message instanceof CloseWebSocketFrame close) {
                received.add("close " + close.statusCode());
                if (!silent) {
                    context.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
                }
            }
        }

        private void answer(ChannelHandlerContext context, FullHttpRequest request) {
            uri = request.uri();
            headers = request.headers().copy();
            if (silent) {
                client = context.channel();
            } else if (refusal != null) {
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, refusal, Unpooled.copiedBuffer(refusalBody, StandardCharsets.UTF_8));
                response.headers().set("content-length", response.content().readableBytes());
                context.writeAndFlush(response);
            } else {
                new WebSocketServerHandshakerFactory("ws://127.0.0.1/", null, true)
                        .newHandshaker(request)
                        .handshake(context.channel(), request)
                        .addListener(done -> client = context.channel());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            received.add("gone");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }
}
