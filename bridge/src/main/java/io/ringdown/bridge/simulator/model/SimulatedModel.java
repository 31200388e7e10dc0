package io.ringdown.bridge.simulator.model;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An OpenAI Realtime server on a real socket, each of whose sessions plays a {@link ModelScript}. Any thread may use it;
 * {@link #close()} drops all connections.
 */
public final class SimulatedModel implements AutoCloseable {
    /** Room for the longest append that is legal, so that one too long is refused by name rather than by a closed socket. */
    private static final int MAX_MESSAGE_BYTES = ClientEvent.MAX_APPEND_CHARS + 1024 * 1024;

    private static final int MAX_UPGRADE_BYTES = 16 * 1024;

    private final Function<String, ModelScript> scripts;
    private final ModelEndpoint endpoint;
    private final IoEventLoopGroup group;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final List<ModelSession> sessions = new CopyOnWriteArrayList<>();
    private final Channel listener;

    private SimulatedModel(Function<String, ModelScript> scripts, ModelEndpoint endpoint) {
        this.scripts = scripts;
        this.endpoint = endpoint;
        group = endpoint.group() == null ? ownGroup() : endpoint.group();
        listener = bind();
    }

    public static SimulatedModel start(ModelScript script) {
        return start(script, ModelEndpoint.local());
    }

    public static SimulatedModel start(ModelScript script, ModelEndpoint endpoint) {
        return start(requestUri -> script, endpoint);
    }

    /** Each connection plays the script that {@code scripts} gives for its request's path and query. */
    public static SimulatedModel start(Function<String, ModelScript> scripts, ModelEndpoint endpoint) {
        return new SimulatedModel(scripts, endpoint);
    }

    /** What a client puts before {@code ?model=…}; any other path is accepted as well. */
    public URI uri() {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        String scheme = endpoint.tls() == null ? "ws" : "wss";
        return URI.create(scheme + "://" + address.getHostString() + ":" + address.getPort() + "/v1/realtime");
    }

    /** All sessions so far, ended ones included, in the order they were opened. */
    public List<ModelSession> sessions() {
        return List.copyOf(sessions);
    }

    /** The newest session that satisfies {@code test}, for instance by its instructions or request. */
    public Optional<ModelSession> sessionOf(Predicate<ModelSession> test) {
        return sessions.stream().filter(test).reduce((older, newer) -> newer);
    }

    /** Forgets the ended sessions with their records: a long load run would keep them all. */
    public void forgetEnded() {
        sessions.removeIf(session -> !session.isOpen());
    }

    /** Forgets this session with its record; to it nothing happens. */
    public void forget(ModelSession session) {
        sessions.remove(session);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly();
        if (endpoint.group() == null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private Channel bind() {
        return new ServerBootstrap()
                .group(group)
                .channel(
                        group.isIoType(EpollIoHandler.class)
                                ? EpollServerSocketChannel.class
                                : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Connections())
                .bind(endpoint.address())
                .syncUninterruptibly()
                .channel();
    }

    private ModelSession open(ChannelHandlerContext ctx, String requestUri) {
        List<String> names =
                new QueryStringDecoder(requestUri).parameters().getOrDefault("model", List.of("gpt-realtime"));
        ModelSession session = new ModelSession(ctx.channel(), requestUri, names.get(0), scripts.apply(requestUri));
        sessions.add(session);
        return session;
    }

    private static IoEventLoopGroup ownGroup() {
        var threads = new DefaultThreadFactory("simulated-model", true);
        var handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, threads, handlers);
    }

    private final class Connections extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            if (endpoint.tls() != null) {
                pipeline.addLast(endpoint.tls().newHandler(channel.alloc()));
            }
            pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_UPGRADE_BYTES));
            if (endpoint.apiKey() != null) {
                pipeline.addLast(new BearerCheck(endpoint.apiKey()));
            }
            pipeline.addLast(new WebSocketServerProtocolHandler(protocol()));
            pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES));
            pipeline.addLast(new SessionHandler(SimulatedModel.this::open));
        }

        private WebSocketServerProtocolConfig protocol() {
            return WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                    .handleCloseFrames(false)
                    .sendCloseFrame(null)
                    .build();
        }
    }
}
