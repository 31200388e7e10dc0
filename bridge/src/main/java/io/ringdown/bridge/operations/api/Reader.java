package io.ringdown.bridge.operations.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Somebody who listens to the stream of events. One who does not keep up is sent nothing until what was written is taken, and
 * then all that is true by now; one who takes nothing for long is dropped. So no more than one snapshot ever waits.
 */
final class Reader {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final ChannelHandlerContext context;
    private boolean behind = true;
    private boolean stuck;
    private long stuckSinceNs;

    Reader(ChannelHandlerContext context) {
        this.context = context;
    }

    /**
     * Sends what has changed, or everything to one who is behind.
     *
     * @param changes since the view before; stays the caller's
     * @param snapshot makes or finds the one for all who are behind; stays the caller's
     */
    void onView(ByteBuf changes, Supplier<ByteBuf> snapshot, long nowNs) {
        if (isStuck(nowNs)) {
            return;
        }
        write(behind ? snapshot.get() : changes);
        behind = false;
    }

    /** One who is behind will find it in the snapshot. */
    void onEnded(ByteBuf ended, long nowNs) {
        if (!isStuck(nowNs) && !behind) {
            write(ended);
        }
    }

    private boolean isStuck(long nowNs) {
        if (context.channel().isWritable()) {
            stuck = false;
        } else if (!stuck) {
            stuck = true;
            behind = true;
            stuckSinceNs = nowNs;
        } else if (nowNs - stuckSinceNs > PATIENCE_NS) {
            context.close();
        }
        return stuck;
    }

    private void write(ByteBuf event) {
        context.writeAndFlush(new DefaultHttpContent(event.retainedDuplicate()));
    }
}
