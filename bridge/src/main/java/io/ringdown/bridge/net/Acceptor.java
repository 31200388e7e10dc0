package io.ringdown.bridge.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringdown.bridge.settings.HostAndPort;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The listening socket, on a thread of its own: every connection it accepts belongs to one lane for good. */
public final class Acceptor {
    /**
     * Where connections may go.
     *
     * @param lane whose thread serves them
     * @param initializer begins each connection's pipeline, on the lane's thread; sharable
     * @param late whether others are to be preferred; any thread
     */
    public record Place(LaneThread lane, ChannelHandler initializer, BooleanSupplier late) {}

    private static final int BACKLOG = 1_024;

    private final EventLoopGroup thread;
    private final ServerSocketChannel socket;

    private Acceptor(Transport transport, List<Place> places) {
        thread = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("acceptor", true), transport.selectors());
        socket = transport.listeningSocket();
        socket.config().setReuseAddress(true).setBacklog(BACKLOG);
        socket.pipeline().addLast(new Placement(places));
        thread.register(socket).syncUninterruptibly();
    }

    /**
     * Listens from now on.
     *
     * @param transport the one of the lanes' sockets
     * @param address port 0 lets the system choose
     * @throws BindException if that is not possible, naming the address and why
     */
    public static Acceptor listen(Transport transport, HostAndPort address, List<Place> places) throws BindException {
        InetSocketAddress resolved = resolve(address);
        Acceptor acceptor = new Acceptor(transport, places);
        Throwable refusal =
                acceptor.socket.bind(resolved).awaitUninterruptibly().cause();
        if (refusal != null) {
            acceptor.stopAccepting();
            throw cannotListen(address, refusal);
        }
        return acceptor;
    }

    /** Looks the host up; throws what {@link #cannotListen} makes of a host that nobody knows. */
    public static InetSocketAddress resolve(HostAndPort address) throws BindException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw cannotListen(address, new UnknownHostException("unknown host"));
        }
        return resolved;
    }

    /** The one line an operator sees: the address and the system's reason. */
    public static BindException cannotListen(HostAndPort address, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String reason = message.substring(message.lastIndexOf(": ") + 1).strip(); // the system's words come last
        BindException refusal =
                new BindException("cannot listen on " + address + ": " + reason.toLowerCase(Locale.ROOT));
        refusal.initCause(cause);
        return refusal;
    }

    /** The address in use, its port chosen. */
    public InetSocketAddress address() {
        return socket.localAddress();
    }

    /** For tests. */
    ServerSocketChannel socket() {
        return socket;
    }

    /**
     * Closes the listening socket and nothing else: accepted connections live on. Waits for it, so not on a lane's thread;
     * any number of times.
     */
    public void stopAccepting() {
        socket.close().awaitUninterruptibly();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
