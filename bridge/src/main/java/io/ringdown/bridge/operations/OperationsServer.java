package io.ringdown.bridge.operations;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringdown.bridge.net.Acceptor;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.operations.api.CallsApi;
import io.ringdown.bridge.operations.api.Controls;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What operators and their machines ask: health, metrics, the API of live calls and the dashboard, on one thread that no call
 * depends on.
 */
public final class OperationsServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_CONNECTIONS = 512;

    /** The kernel would hold megabytes for a reader who takes nothing, and hide that from us for as long. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private final EventLoopGroup group;
    private final Channel channel;
    private final CallsApi api;

    private OperationsServer(EventLoopGroup group, Channel channel, CallsApi api) {
        this.group = group;
        this.channel = channel;
        this.api = api;
    }

    /**
     * Listens for operators.
     *
     * @param token required from whoever asks for more than health, if present
     * @throws IOException naming the address, when it cannot be bound
     */
    public static OperationsServer start(
            HostAndPort listen, Optional<Secret> token, Health health, Metrics metrics, Controls controls)
            throws IOException {
        InetSocketAddress address = Acceptor.resolve(listen);
        Page page = new Page();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("operations", true), NioIoHandler.newFactory());
        CallsApi api = new CallsApi(controls, metrics.loads(), group.next());
        Access access = new Access(token, listen);
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .childHandler(new Connections(() -> new OperationsHandler(access, health, metrics, page, api)))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            api.close();
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw Acceptor.cannotListen(listen, bound.cause());
        }
        group.next().scheduleAtFixedRate(metrics.loads()::look, 1, 1, TimeUnit.SECONDS);
        return new OperationsServer(group, bound.channel(), api);
    }

    /** Begins each connection's pipeline; one too many is closed. On the operations thread. */
    @Sharable
    private static final class Connections extends ChannelInitializer<Channel> {
        private final Supplier<ChannelHandler> handler;
        private int open;

        Connections(Supplier<ChannelHandler> handler) {
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (open >= MAX_CONNECTIONS) {
                channel.close();
                return;
            }
            open++;
            channel.closeFuture().addListener(closed -> open--);
            HttpPipeline.install(channel.pipeline(), MAX_BODY_BYTES);
            channel.pipeline().addLast(handler.get());
        }
    }

    /** Where it listens, with the port that was found when port 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        api.close(); // when nobody can do anything more
    }
}
