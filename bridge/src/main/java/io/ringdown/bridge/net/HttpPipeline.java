package io.ringdown.bridge.net;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * HTTP with limits: an initial line, headers and a body of bounded size, and a bounded time to send them in. The limits go
 * with the protocol when a connection becomes a WebSocket.
 */
public final class HttpPipeline {
    private static final int MAX_INITIAL_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;

    /** For a whole request, and for an idle connection: a peer that dribbles costs a descriptor for no longer. */
    private static final long REQUEST_TIMEOUT_S = 15;

    private HttpPipeline() {}

    /** Adds the handlers; whole requests come out behind them. */
    public static void install(ChannelPipeline pipeline, int maxBodyBytes) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_INITIAL_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addLast(new AnswersFirst());
        pipeline.addLast(new HttpObjectAggregator(maxBodyBytes, true));
        pipeline.addLast(new RequestTimeout()); // sees whole requests and their answers
        pipeline.addLast(new Refusal());
    }

    /** Takes the limits off a connection that is no longer HTTP; codec and aggregator go with the handshake. */
    public static void lift(ChannelPipeline pipeline) {
        pipeline.remove(RequestTimeout.class);
        pipeline.remove(AnswersFirst.class);
        pipeline.remove(Refusal.class);
    }

    /** Answers what cannot be read as a request. The decoder takes nothing more from such a connection. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpRequest request
                    && request.decoderResult().isFailure()) {
                status(request.decoderResult().cause()).answer(context, request);
                request.release();
            } else {
                context.fireChannelRead(message);
            }
        }

        private static HttpReply status(Throwable cause) {
            if (cause instanceof TooLongHttpLineException) {
                return HttpReply.text(REQUEST_URI_TOO_LONG, "initial line over " + MAX_INITIAL_LINE + " bytes");
            }
            if (cause instanceof TooLongHttpHeaderException) {
                return HttpReply.text(REQUEST_HEADER_FIELDS_TOO_LARGE, "headers over " + MAX_HEADERS + " bytes");
            }
            return HttpReply.text(BAD_REQUEST, "malformed request");
        }
    }

    /** A peer that asks and does not read is not read from either: answers would pile up. Its time runs out meanwhile. */
    private static final class AnswersFirst extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (context.channel().isActive()) { // a closed one is not to be read
                context.channel().config().setAutoRead(true);
            }
        }
    }

    /**
     * Counts from the connection's beginning or the last answer, not from the last byte, which a dribbling peer renews. It
     * stands still from a whole request to its answer: how long that takes is up to us.
     */
    private static final class RequestTimeout extends ChannelDuplexHandler {
        private Future<?> timer;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                start(context);
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            start(context);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object request) {
            stop();
            context.fireChannelRead(request);
        }

        @Override
        public void write(ChannelHandlerContext context, Object answer, ChannelPromise promise) {
            start(context);
            context.write(answer, promise);
        }

        private void start(ChannelHandlerContext context) {
            stop();
            timer = context.executor().schedule(() -> context.close(), REQUEST_TIMEOUT_S, TimeUnit.SECONDS);
        }

        private void stop() {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            stop();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stop();
            context.fireChannelInactive();
        }
    }
}
