package io.ringdown.bridge.simulator.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One webhook request, signed over the public URL and its form, on a connection of its own. */
final class SignedPost extends SimpleChannelInboundHandler<FullHttpResponse> {
    /** The carrier gives a webhook 15 s. */
    private static final int ANSWER_TIMEOUT_S = 15;

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    record Answer(int status, String contentType, String body) {}

    private final FullHttpRequest request;
    private final CompletableFuture<Answer> answer;

    private SignedPost(FullHttpRequest request, CompletableFuture<Answer> answer) {
        this.request = request;
        this.answer = answer;
    }

    /** What to send, and in whose name. */
    record Message(Account account, String publicUrl, Map<String, String> form) {}

    /** Completed on {@code loop}; exceptionally with an IOException when no answer comes. */
    static CompletableFuture<Answer> send(EventLoop loop, Route route, Message message) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        SignedPost post = new SignedPost(request(message), answer);
        Dial.on(loop)
                .connect(
                        route,
                        pipeline -> pipeline.addLast(
                                new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER_BYTES), post))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        post.request.release();
                        answer.completeExceptionally(connected.cause());
                    }
                });
        return answer;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(request);
        ctx.executor().schedule(() -> ctx.close(), ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        answer.complete(new Answer(
                response.status().code(),
                response.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                response.content().toString(StandardCharsets.UTF_8)));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        answer.completeExceptionally(new IOException("no answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        answer.completeExceptionally(cause);
        ctx.close();
    }

    private static FullHttpRequest request(Message message) {
        URI url = URI.create(message.publicUrl());
        String target = url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
        ByteBuf body = Unpooled.wrappedBuffer(encoded(message.form()).getBytes(StandardCharsets.US_ASCII));
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, target, body);
        request.headers()
                .set(HttpHeaderNames.HOST, url.getRawAuthority())
                .set(HttpHeaderNames.USER_AGENT, "TwilioProxy/1.1")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (message.account().signs()) {
            request.headers()
                    .set(
                            RequestSignature.HEADER,
                            RequestSignature.of(message.account().authToken(), message.publicUrl(), message.form()));
        }
        return request;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
