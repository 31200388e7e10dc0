package io.ringdown.bridge.simulator.model;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Lets an upgrade pass that carries the right key; answers any other with 401. */
final class BearerCheck extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String REFUSAL =
            "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}";

    private final String expected;

    BearerCheck(String apiKey) {
        expected = "Bearer " + apiKey;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (expected.equals(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            ctx.fireChannelRead(request.retain());
            return;
        }
        ByteBuf body = ByteBufUtil.writeAscii(ctx.alloc(), REFUSAL);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.UNAUTHORIZED, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
