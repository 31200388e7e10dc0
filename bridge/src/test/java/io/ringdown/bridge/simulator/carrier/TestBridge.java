package io.ringdown.bridge.simulator.carrier;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the bridge: answers the webhook as told, takes the upgrade, and hands each stream to the test as a leg. */
final class TestBridge implements AutoCloseable {
    private static final int SMALL_SEND_BUFFER = 16 * 1024;

    record Post(String uri, HttpHeaders headers, Map<String, String> form) {}

    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<TestBridgeLeg> legs = new LinkedBlockingQueue<>();
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final Channel listener;
    private volatile int voiceStatus = 200;
    private volatile String voiceBody = "";
    private volatile String voiceContentType = "text/xml";
    private volatile int upgradeStatus = 101;

    TestBridge() {
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, SMALL_SEND_BUFFER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        RawTail tail = new RawTail();
                        channel.pipeline()
                                .addLast(tail, new HttpServerCodec(), new HttpObjectAggregator(65_536), new Door(tail));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    Route stream() {
        return Route.stream("ws://127.0.0.1:" + address().getPort() + "/twilio/media");
    }

    void answerVoice(int status, String body) {
        voiceStatus = status;
        voiceBody = body;
    }

    void answerVoiceAs(String contentType) {
        voiceContentType = contentType;
    }

    void refuseUpgrades(int status) {
        upgradeStatus = status;
    }

    TestBridgeLeg leg() throws InterruptedException {
        TestBridgeLeg leg = legs.poll(5, SECONDS);
        assertThat(leg).as("a stream was opened").isNotNull();
        return leg;
    }

    Post post() throws InterruptedException {
        Post post = posts.poll(5, SECONDS);
        assertThat(post).as("a webhook was posted").isNotNull();
        return post;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The last bytes that came, before any codec saw them. */
    static final class RawTail extends ChannelInboundHandlerAdapter {
        volatile String text = "";

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            text = ((ByteBuf) message).toString(StandardCharsets.ISO_8859_1);
            ctx.fireChannelRead(message);
        }
    }

    private final class Door extends SimpleChannelInboundHandler<Object> {
        private final RawTail tail;
        private TestBridgeLeg leg;

        Door(RawTail tail) {
            this.tail = tail;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object message) {
            if (message instanceof FullHttpRequest request) {
                onRequest(ctx, request);
            } else if (message instanceof TextWebSocketFrame text) {
                leg.onText(text.text());
            } else if (message instanceof CloseWebSocketFrame close) {
                leg.onClose(close.statusCode());
                ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            }
        }

        private void onRequest(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.method().equals(HttpMethod.POST)) {
                posts.add(new Post(request.uri(), request.headers().copy(), form(request)));
                answer(ctx, voiceStatus, voiceBody);
            } else if (upgradeStatus != 101) {
                answer(ctx, upgradeStatus, "");
            } else {
                leg = new TestBridgeLeg(
                        ctx.channel(), request.uri(), request.headers().copy(), tail);
                new WebSocketServerHandshakerFactory("", null, false)
                        .newHandshaker(request)
                        .handshake(ctx.channel(), request);
                legs.add(leg);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (leg != null) {
                leg.onInactive();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (leg != null) {
                leg.onFailure(cause);
            }
            ctx.close();
        }
    }

    private static Map<String, String> form(FullHttpRequest request) {
        Map<String, String> form = new TreeMap<>();
        new QueryStringDecoder(request.content().toString(StandardCharsets.UTF_8), false)
                .parameters()
                .forEach((name, values) -> form.put(name, values.get(0)));
        return form;
    }

    private void answer(ChannelHandlerContext ctx, int status, String body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, voiceContentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        ctx.writeAndFlush(response);
    }
}
