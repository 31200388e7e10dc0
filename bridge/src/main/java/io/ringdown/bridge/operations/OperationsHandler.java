package io.ringdown.bridge.operations;

import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.bridge.operations.api.Answers;
import io.ringdown.bridge.operations.api.CallsApi;
import io.ringdown.bridge.operations.api.Operator;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What an operator's connection may ask for: one request at a time, and no more before its answer is taken. */
final class OperationsHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int MAX_LOGGED_PATH = 200;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** For a browser: nothing from elsewhere, into nobody's frame, and no address of ours to others. */
    private static final Map<String, String> GUARDS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final Access access;
    private final Health health;
    private final Metrics metrics;
    private final Page page;
    private final CallsApi api;
    private boolean answering;

    OperationsHandler(Access access, Health health, Metrics metrics, Page page, CallsApi api) {
        this.access = access;
        this.health = health;
        this.metrics = metrics;
        this.page = page;
        this.api = api;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (answering || !context.channel().isWritable()) {
            context.close(); // asks without waiting for answers, or without reading them
            return;
        }
        answering = true;
        String path = new QueryStringDecoder(request.uri()).rawPath();
        switch (path) {
            case "/health/live" -> answer(context, request, reading(request, () -> health("live", live())));
            case "/health/ready" ->
                answer(context, request, reading(request, () -> health("ready", health.notReadyBecause())));
            default -> guarded(context, request, path);
        }
    }

    private void guarded(ChannelHandlerContext context, FullHttpRequest request, String path) {
        HttpReply misdirected = access.misdirected(request.headers());
        HttpReply file = page.at(path);
        if (misdirected != null) {
            refuse(context, request, path, misdirected);
        } else if (file != null) {
            answer(context, request, reading(request, () -> file));
        } else if (path.equals("/metrics") || path.startsWith("/api/")) {
            restricted(context, request, path);
        } else {
            answer(context, request, HttpReply.text(NOT_FOUND, "nothing here"));
        }
    }

    private void restricted(ChannelHandlerContext context, FullHttpRequest request, String path) {
        HttpReply refusal = access.refusal(request.headers());
        if (refusal != null) {
            refuse(context, request, path, refusal);
        } else if (path.equals("/metrics")) {
            answer(context, request, reading(request, () -> HttpReply.of(OK, PROMETHEUS, metrics.scrape())));
        } else if (path.equals("/api/events")) {
            listen(context, request);
        } else {
            Operator who = who(context, access.needsToken() ? "token" : "loopback");
            api.handle(request, path, who, reply -> answer(context, request, reply));
        }
    }

    private void refuse(ChannelHandlerContext context, FullHttpRequest request, String path, HttpReply refusal) {
        boolean acting = !READING.contains(request.method());
        api.refused(printable(path), acting, refusal.status().reasonPhrase(), who(context, "nobody"));
        answer(context, request, refusal);
    }

    private static Operator who(ChannelHandlerContext context, String by) {
        InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
        return new Operator(by, from == null ? "gone" : NetUtil.toSocketAddressString(from));
    }

    /** A path goes into the log as it is, or not at all. */
    private static String printable(String path) {
        return path.length() <= MAX_LOGGED_PATH && path.chars().allMatch(c -> c > ' ' && c < 127) ? path : "-";
    }

    private void listen(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            answer(context, request, notAllowed("GET"));
            return;
        }
        if (api.isFullOfListeners()) {
            answer(context, request, Answers.error(SERVICE_UNAVAILABLE, "too many listen already"));
            return;
        }
        HttpPipeline.lift(context.pipeline());
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        GUARDS.forEach(response.headers()::set);
        context.writeAndFlush(response);
        api.listen(context);
    }

    private String live() {
        return health.isLive() ? null : "a lane has stopped";
    }

    private static HttpReply health(String well, String notBecause) {
        return notBecause == null ? HttpReply.text(OK, well) : HttpReply.text(SERVICE_UNAVAILABLE, notBecause);
    }

    private static HttpReply reading(FullHttpRequest request, Supplier<HttpReply> reply) {
        return READING.contains(request.method()) ? reply.get() : notAllowed("GET, HEAD");
    }

    private static HttpReply notAllowed(String allowed) {
        return HttpReply.text(METHOD_NOT_ALLOWED, "only " + allowed).with(Map.of("Allow", allowed));
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request, HttpReply reply) {
        answering = false;
        Map<String, String> headers = new HashMap<>(GUARDS);
        headers.putAll(reply.headers());
        reply.with(headers).answer(context, request);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
