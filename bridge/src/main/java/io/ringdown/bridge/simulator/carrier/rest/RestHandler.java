package io.ringdown.bridge.simulator.carrier.rest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** One client connection: each request is recorded and judged as it comes, and answered as judged. Event loop only. */
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final CallsResource calls;
    private final RequestLog log;

    RestHandler(CallsResource calls, RequestLog log) {
        this.calls = calls;
        this.log = log;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        long nowNs = System.nanoTime();
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        int index = log.came(nowNs, CallsResource.callSid(request));
        CallsResource.Verdict verdict = calls.judge(request);
        RestAnswer answer = verdict.answer();
        log.judged(index, answer.status());
        if (answer.delayMs() == 0) {
            give(ctx, verdict, keepAlive);
        } else {
            ctx.executor().schedule(() -> give(ctx, verdict, keepAlive), answer.delayMs(), TimeUnit.MILLISECONDS);
        }
    }

    private void give(ChannelHandlerContext ctx, CallsResource.Verdict verdict, boolean keepAlive) {
        switch (verdict.answer().kind()) {
            case SILENT -> {
                // the client's timeout is what ends this
            }
            case DROPPED -> ctx.close();
            default -> {
                var written = ctx.writeAndFlush(response(ctx, verdict));
                if (!keepAlive) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }
    }

    private static FullHttpResponse response(ChannelHandlerContext ctx, CallsResource.Verdict verdict) {
        RestAnswer answer = verdict.answer();
        boolean json = answer.status() == 200 || answer.errorCode() > 0;
        ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), body(verdict));
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, json ? "application/json" : "text/html")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    /** A completed call still reads in-progress: the real API is consistent only after a while. */
    private static String body(CallsResource.Verdict verdict) {
        RestAnswer answer = verdict.answer();
        if (answer.status() == 200) {
            return "{\"sid\":\"" + verdict.callSid() + "\",\"status\":\"in-progress\",\"api_version\":\"2010-04-01\"}";
        }
        if (answer.errorCode() == 0) {
            return "<html><body>" + answer.status() + "</body></html>";
        }
        return "{\"code\":" + answer.errorCode() + ",\"message\":\""
                + HttpResponseStatus.valueOf(answer.status()).reasonPhrase()
                + "\",\"more_info\":\"https://www.twilio.com/docs/errors/" + answer.errorCode() + "\",\"status\":"
                + answer.status() + "}";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
