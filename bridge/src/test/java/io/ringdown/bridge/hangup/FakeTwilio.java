package io.ringdown.bridge.hangup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A REST API on the loopback that answers each request by the next step of a script, byte for byte. */
final class FakeTwilio implements AutoCloseable {
    /** One request as it came. */
    record Request(String method, String target, HttpHeaders headers, String body, Channel connection) {}

    /** What to do with a request, on the connection it came by. */
    interface Step extends Consumer<Channel> {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;

    FakeTwilio() {
        listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder(), new HttpObjectAggregator(4096), new Scripted());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
    }

    /** The next requests get these answers; those after the last get none. */
    FakeTwilio then(Step... steps) {
        script.addAll(List.of(steps));
        return this;
    }

    void stopListening() {
        listener.close().syncUninterruptibly();
    }

    static Step answers(int status, String body) {
        return raw("HTTP/1.1 " + status + " Any\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    static Step raw(String bytes) {
        return connection -> connection.writeAndFlush(Unpooled.copiedBuffer(bytes, UTF_8));
    }

    static Step rawThenClose(String bytes) {
        return connection ->
                connection.writeAndFlush(Unpooled.copiedBuffer(bytes, UTF_8)).addListener(ChannelFutureListener.CLOSE);
    }

    static Step closes() {
        return Channel::close;
    }

    static Step saysNothing() {
        return connection -> {};
    }

    @Override
    public void close() {
        listener.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Scripted extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            requests.add(new Request(
                    request.method().name(),
                    request.uri(),
                    request.headers(),
                    request.content().toString(UTF_8),
                    context.channel()));
            Step step = script.poll();
            if (step != null) {
                step.accept(context.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
