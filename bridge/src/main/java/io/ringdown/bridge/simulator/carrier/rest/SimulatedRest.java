package io.ringdown.bridge.simulator.carrier.rest;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Completion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * {@code POST /2010-04-01/Accounts/{sid}/Calls/{callSid}.json} with {@code Status=completed}, on a real socket and one event
 * loop of its own. Any thread may script it and read its requests.
 */
public final class SimulatedRest implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 64 * 1024;

    private final Account account;
    private final Function<String, Completion> completer;
    private final RestScript script = new RestScript();
    private final RequestLog requests = new RequestLog();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("simulated-rest", true), NioIoHandler.newFactory());
    private final Channel listener;

    private SimulatedRest(int port, Account account, Function<String, Completion> completer) {
        this.account = account;
        this.completer = completer;
        listener = bind(port);
    }

    /**
     * On the loopback address; port 0 takes a free one. An account with a token requires Basic authorization with it.
     * {@code completer} is asked on the event loop and must not block: usually {@code carrier::completedByRest}.
     */
    public static SimulatedRest start(int port, Account account, Function<String, Completion> completer) {
        return new SimulatedRest(port, account, completer);
    }

    /** What {@code https://api.twilio.com} stands for. */
    public URI url() {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** The next requests, of whichever call, get these answers in turn; all others get the natural one. */
    public void answer(RestAnswer... answers) {
        script.add(List.of(answers));
    }

    /** The next requests of this call get these, before those for any call. */
    public void answerCall(String callSid, RestAnswer... answers) {
        script.add(callSid, List.of(answers));
    }

    /** All requests so far, also those that were refused, in the order they came: each before it has any effect. */
    public List<RestRequest> requests() {
        return requests.all();
    }

    public List<RestRequest> requests(String callSid) {
        return requests.all().stream()
                .filter(request -> request.callSid().equals(callSid))
                .toList();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Channel bind(int port) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_REQUEST_BYTES),
                                        new RestHandler(new CallsResource(account, completer, script), requests));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }
}
