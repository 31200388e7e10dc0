package io.ringdown.bridge.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
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
        pipeline.addLast(new RequestTimeout());
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_INITIAL_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addLast(new HttpObjectAggregator(maxBodyBytes, true));
    }

    /** Takes the time limit off a connection that is no longer HTTP. */
    public static void lift(ChannelPipeline pipeline) {
        pipeline.remove(RequestTimeout.class);
    }

    /** Counts from the connection's beginning or the last answer, not from the last byte, which a dribbling peer renews. */
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
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            start(context);
            context.write(message, promise);
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
