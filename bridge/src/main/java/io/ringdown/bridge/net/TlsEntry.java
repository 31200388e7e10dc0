package io.ringdown.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS at the front of one lane's accepted connections. Who speaks none, or breaks it, loses that connection; such peers are
 * counted and now and then said, for every scanner of the internet is one of them. Lane only, but for {@link #failures}.
 */
public final class TlsEntry {
    private static final Logger LOG = LoggerFactory.getLogger(TlsEntry.class);
    private static final long LOG_PERIOD_NS = TimeUnit.MINUTES.toNanos(1);

    private final Tls tls;
    private final Tally failures;

    public TlsEntry(Tls tls, NanoClock clock) {
        this.tls = tls;
        failures = new Tally(LOG_PERIOD_NS, clock);
    }

    /** Adds TLS; what it decrypts comes out behind it. */
    public void install(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(tls.accepting(channel));
        pipeline.addLast(new Connection());
    }

    private void count(Throwable cause) {
        long since = failures.count();
        if (since > 0) {
            LOG.info("carrier connections without proper TLS, {} since last said: {}", since, Tls.reason(cause));
        }
    }

    /** Any thread: connections lost to a failed handshake or a broken record. */
    public long failures() {
        return failures.total();
    }

    private final class Connection extends ChannelInboundHandlerAdapter {
        private boolean failed;

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
                fail(handshake.cause());
            }
            context.fireUserEventTriggered(event);
        }

        /** The failure of a handshake comes as an event as well. A broken record is all that Netty says, perhaps twice, and need not close. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            boolean broken = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
            if (!broken) {
                context.fireExceptionCaught(cause);
                return;
            }
            if (context.pipeline().get(SslHandler.class).handshakeFuture().isSuccess()) {
                fail(cause);
            }
            context.close();
        }

        private void fail(Throwable cause) {
            if (!failed) {
                failed = true;
                count(cause);
            }
        }
    }
}
