package io.ringdown.benchmarks.floor;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A relay between Twilio Media Streams and OpenAI Realtime with as little in it as will carry the audio, for
 * {@code ringdown load --url ws://127.0.0.1:PORT/twilio/media}. Arguments: the port to listen on, the model's URL. Needs epoll.
 */
public final class NaiveFloor {
    private static final int MAX_UPGRADE_BYTES = 16 * 1_024;
    private static final int MAX_FRAME_BYTES = 1_024 * 1_024;

    private NaiveFloor() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: NaiveFloor PORT ws://HOST:PORT/PATH");
            System.exit(2);
        }
        Channel listener = listen(Integer.parseInt(arguments[0]), URI.create(arguments[1]));
        System.out.println("listening on " + listener.localAddress());
        listener.closeFuture().sync();
    }

    private static Channel listen(int port, URI model) throws InterruptedException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_UPGRADE_BYTES))
                                .addLast(new WebSocketServerProtocolHandler(
                                        "/twilio/media", null, false, MAX_FRAME_BYTES))
                                .addLast(new CarrierRelay(model));
                    }
                });
        return bootstrap.bind(new InetSocketAddress("127.0.0.1", port)).sync().channel();
    }
}
