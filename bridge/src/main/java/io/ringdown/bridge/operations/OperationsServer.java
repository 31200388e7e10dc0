package io.ringdown.bridge.operations;

import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UNAUTHORIZED;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringdown.bridge.net.Acceptor;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}, on one thread that no call depends on. */
public final class OperationsServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final EventLoopGroup group;
    private final Channel channel;

    private OperationsServer(EventLoopGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
    }

    /**
     * Listens for operators.
     *
     * @param token required from whoever asks for more than health, if present
     * @throws IOException naming the address, when it cannot be bound
     */
    public static OperationsServer start(HostAndPort listen, Optional<Secret> token, Health health, Metrics metrics)
            throws IOException {
        InetSocketAddress address = Acceptor.resolve(listen);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("operations", true), NioIoHandler.newFactory());
        Handler handler = new Handler(token, health, metrics);
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel child) {
                        HttpPipeline.install(child.pipeline(), MAX_BODY_BYTES);
                        child.pipeline().addLast(handler);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw Acceptor.cannotListen(listen, bound.cause());
        }
        group.next().scheduleAtFixedRate(metrics.loads()::look, 1, 1, TimeUnit.SECONDS);
        return new OperationsServer(group, bound.channel());
    }

    /** Where it listens, with the port that was found when port 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Sharable
    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

        private final Optional<byte[]> authorization;
        private final Health health;
        private final Metrics metrics;

        Handler(Optional<Secret> token, Health health, Metrics metrics) {
            this.authorization = token.map(secret -> ("Bearer " + secret.value()).getBytes(StandardCharsets.UTF_8));
            this.health = health;
            this.metrics = metrics;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            reply(request).answer(context, request);
        }

        private HttpReply reply(FullHttpRequest request) {
            if (!READING.contains(request.method())) {
                return HttpReply.text(METHOD_NOT_ALLOWED, "only GET").with(Map.of("Allow", "GET, HEAD"));
            }
            return switch (new QueryStringDecoder(request.uri()).rawPath()) {
                case "/health/live" -> live();
                case "/health/ready" -> ready();
                case "/metrics" -> metrics(request);
                default -> HttpReply.text(NOT_FOUND, "nothing here");
            };
        }

        private HttpReply live() {
            return health.isLive()
                    ? HttpReply.text(OK, "live")
                    : HttpReply.text(SERVICE_UNAVAILABLE, "a lane has stopped");
        }

        private HttpReply ready() {
            String reason = health.notReadyBecause();
            return reason == null ? HttpReply.text(OK, "ready") : HttpReply.text(SERVICE_UNAVAILABLE, reason);
        }

        private HttpReply metrics(FullHttpRequest request) {
            return isAuthorized(request)
                    ? HttpReply.of(OK, PROMETHEUS, metrics.scrape())
                    : HttpReply.text(UNAUTHORIZED, "a bearer token is needed")
                            .with(Map.of("WWW-Authenticate", "Bearer"));
        }

        private boolean isAuthorized(FullHttpRequest request) {
            if (authorization.isEmpty()) {
                return true;
            }
            String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
            return MessageDigest.isEqual(authorization.get(), given.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
