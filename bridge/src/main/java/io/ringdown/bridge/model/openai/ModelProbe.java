package io.ringdown.bridge.model.openai;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.ringdown.bridge.net.Tls;
import java.util.concurrent.TimeUnit;

/** One try to reach the model, on a thread of its own: connects, shakes hands if it is {@code wss}, and leaves. */
final class ModelProbe {
    private static final int TIMEOUT_MS = 3_000;

    private ModelProbe() {}

    /** Blocks. Why it failed, or null if it did not. */
    static String failure(ModelEndpoint endpoint) {
        EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            ChannelFuture connected = connect(thread, endpoint).awaitUninterruptibly();
            if (!connected.isSuccess()) {
                return String.valueOf(connected.cause().getMessage());
            }
            SslHandler tls = connected.channel().pipeline().get(SslHandler.class);
            Throwable refusal = tls == null
                    ? null
                    : tls.handshakeFuture().awaitUninterruptibly().cause();
            return refusal == null ? null : "TLS: " + Tls.reason(refusal);
        } finally {
            thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static ChannelFuture connect(EventLoopGroup thread, ModelEndpoint endpoint) {
        return new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (endpoint.tls() != null) {
                            SslHandler tls = endpoint.tls().connecting(channel, endpoint.host(), endpoint.port());
                            tls.setHandshakeTimeoutMillis(TIMEOUT_MS);
                            channel.pipeline().addLast(tls, new Told());
                        }
                    }
                })
                .connect(endpoint.address());
    }

    /** What goes wrong is told by the future of the handshake, and not by Netty's log too. */
    private static final class Told extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }
}
