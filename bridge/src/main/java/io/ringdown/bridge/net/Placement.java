package io.ringdown.bridge.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each accepted connection to the live lane with the fewest calls, and of those to the one with the fewest open
 * connections: a burst of them has no calls yet and spreads all the same. A late lane gets one only if all are late. On the
 * acceptor's thread.
 */
final class Placement extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
    private static final long LOG_PERIOD_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MS = 1_000;

    private final List<Seat> seats;
    private final Tally refusals = new Tally(LOG_PERIOD_NS, SystemNanoClock.INSTANCE);

    Placement(List<Acceptor.Place> places) {
        seats = places.stream().map(Seat::new).toList();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        SocketChannel accepted = (SocketChannel) message;
        Seat seat = best();
        if (seat == null) {
            drop(accepted, new IllegalStateException("no lane is alive"));
            return;
        }
        try {
            seat.take(accepted);
        } catch (RuntimeException gone) {
            drop(accepted, gone);
        }
    }

    private Seat best() {
        Seat best = null;
        for (Seat seat : seats) {
            if (seat.place.lane().isAlive() && (best == null || seat.isBetterThan(best))) {
                best = seat;
            }
        }
        return best;
    }

    private static void drop(Channel accepted, Throwable cause) {
        LOG.warn("dropped an accepted connection: {}", String.valueOf(cause));
        accepted.unsafe().closeForcibly();
    }

    /**
     * Accepting failed, usually for want of file descriptors. The connection stays queued and would be reported again at
     * once: look away for a while, so that calls can end.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        long since = refusals.count();
        if (since > 0) {
            LOG.error("cannot accept connections, {} times since last said: {}", since, String.valueOf(cause));
        }
        Channel socket = ctx.channel();
        if (socket.config().isAutoRead()) {
            socket.config().setAutoRead(false);
            Runnable resume = () -> socket.config().setAutoRead(true);
            socket.eventLoop().schedule(resume, PAUSE_MS, TimeUnit.MILLISECONDS);
        }
    }

    private static final class Seat {
        private final Acceptor.Place place;
        private final AtomicInteger open = new AtomicInteger(); // lanes count down, the acceptor counts up

        Seat(Acceptor.Place place) {
            this.place = place;
        }

        boolean isBetterThan(Seat other) {
            boolean late = place.late().getAsBoolean();
            return late == other.place.late().getAsBoolean() ? isEmptierThan(other) : !late;
        }

        private boolean isEmptierThan(Seat other) {
            int difference = place.lane().calls() - other.place.lane().calls();
            return difference < 0 || difference == 0 && open.get() < other.open.get();
        }

        void take(SocketChannel accepted) {
            Transport.tune(accepted);
            accepted.pipeline().addLast(place.initializer());
            open.incrementAndGet();
            accepted.closeFuture().addListener(closed -> open.decrementAndGet());
            place.lane().sockets().admit(accepted, registered -> {
                if (!registered.isSuccess()) {
                    drop(accepted, registered.cause());
                }
            });
        }
    }
}
