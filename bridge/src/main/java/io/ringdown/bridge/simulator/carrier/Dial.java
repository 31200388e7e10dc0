package io.ringdown.bridge.simulator.carrier;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.function.Consumer;

/** A connection from the carrier to the bridge, on one event loop. */
final class Dial {
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final Bootstrap bootstrap;

    private Dial(EventLoop loop) {
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(speaksEpoll(loop) ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS);
    }

    static Dial on(EventLoop loop) {
        return new Dial(loop);
    }

    /** 0 leaves the system's. */
    Dial receiveBufferBytes(int bytes) {
        if (bytes > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, bytes);
        }
        return this;
    }

    /** TLS comes before {@code handlers} where the route has it. */
    ChannelFuture connect(Route route, Consumer<ChannelPipeline> handlers) {
        return bootstrap
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        int port = route.address().getPort();
                        route.tls()
                                .map(tls -> tls.newHandler(channel.alloc(), route.host(), port))
                                .ifPresent(channel.pipeline()::addLast);
                        handlers.accept(channel.pipeline());
                    }
                })
                .connect(route.address());
    }

    private static boolean speaksEpoll(EventLoop loop) {
        if (!(loop instanceof IoEventLoop ioLoop)) {
            throw new IllegalArgumentException("not an IoEventLoop: " + loop);
        }
        if (ioLoop.isIoType(EpollIoHandler.class)) {
            return true;
        }
        if (ioLoop.isIoType(NioIoHandler.class)) {
            return false;
        }
        throw new IllegalArgumentException("neither epoll nor NIO: " + loop);
    }
}
