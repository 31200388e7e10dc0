package io.ringdown.bridge.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A short answer to an HTTP request.
 *
 * @param headers that its status asks for, beside those of every answer
 */
public record HttpReply(HttpResponseStatus status, String contentType, String body, Map<String, String> headers) {
    public static HttpReply of(HttpResponseStatus status, String contentType, String body) {
        return new HttpReply(status, contentType, body, Map.of());
    }

    /** One line for a person. */
    public static HttpReply text(HttpResponseStatus status, String line) {
        return of(status, "text/plain; charset=utf-8", line + "\n");
    }

    /** The same with these headers in place of any it had. */
    public HttpReply with(Map<String, String> headers) {
        return new HttpReply(status, contentType, body, headers);
    }

    /** Writes the answer, and closes the connection unless the peer wants to keep it and may. */
    public void answer(ChannelHandlerContext context, FullHttpRequest request) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        headers.forEach(response.headers()::set);
        boolean keepAlive = HttpUtil.isKeepAlive(request) && status.code() < 400;
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
        if (response.headers().contains(HttpHeaderNames.UPGRADE)) {
            response.headers().add(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        }
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
