package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test's own thread is the lane's. */
class LaneSocketsTest {
    private static final int CALLERS = Tick.FEW_CALLS + 200;
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Peer> read = new ArrayList<>(); // in this order
    private final List<Peer> gone = new ArrayList<>();
    private final List<Peer> callers = new ArrayList<>();
    private Transport transport;
    private ServerSocket listening;
    private LaneSockets sockets;

    static Stream<Transport> transports() {
        return LaneThreadTest.transports();
    }

    @AfterEach
    void close() throws IOException {
        assertThat(sockets.shutDown()).isTrue();
        listening.close();
        for (Peer caller : callers) {
            caller.far.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldReadAllItsCallersInATurnAndNoneTwice(Transport transport) throws IOException {
        open(transport, CALLERS);
        callers.forEach(Peer::say);
        sockets.read();
        assertThat(read).containsExactlyInAnyOrderElementsOf(callers);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldEndATurnThoughNoCallerEndsTalking(Transport transport) throws IOException {
        open(transport, CALLERS);
        callers.forEach(caller -> caller.whenRead = caller::say);
        callers.forEach(Peer::say);
        sockets.read();
        assertThat(read).containsAll(callers).hasSizeLessThan(2 * CALLERS);
    }

    @Test
    void shouldReadWhatAModelSaysBehindAPartOfTheCrowd() throws IOException {
        open(Transport.best(), CALLERS);
        assumeTrue(Epoll.isAvailable(), "NIO reads all at once");
        Peer model = new Peer();
        EventLoop reader = sockets;
        reader.register(model.near);
        model.connect();
        callers.forEach(Peer::say);
        Peer inTheCrowd = callers.get(CALLERS - 1);
        callers.forEach(caller -> caller.whenRead = () -> {
            if (read.size() == Tick.FEW_CALLS + 1) {
                model.say();
            }
        });
        sockets.read();
        assertThat(read).contains(inTheCrowd);
        assertThat(read.indexOf(model)).isBetween(Tick.FEW_CALLS + 1, CALLERS / 2);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTellAllCallersThatTheirPeersLeft(Transport transport) throws IOException {
        open(transport, CALLERS);
        for (Peer caller : callers) {
            caller.far.close();
        }
        sockets.read();
        assertThat(gone).containsExactlyInAnyOrderElementsOf(callers);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldParkForLongOnlyWithoutACrowd(Transport transport) throws IOException {
        open(transport, Tick.FEW_CALLS + 1);
        sockets.parkUntil(Long.MAX_VALUE, System.nanoTime()); // would not return
        callers.get(Tick.FEW_CALLS).near.close();
        sockets.read();
        assertThat(gone).containsExactly(callers.get(Tick.FEW_CALLS));
        long begunNs = System.nanoTime();
        sockets.parkUntil(begunNs + WAIT_NS, begunNs);
        assertThat(System.nanoTime() - begunNs).isGreaterThanOrEqualTo(WAIT_NS);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseACallerThatIsStillOnItsWayWhenItEnds(Transport transport) throws IOException {
        open(transport, Tick.FEW_CALLS);
        Peer late = new Peer();
        sockets.admit(late.near, registered -> {});
        assertThat(sockets.shutDown()).isTrue();
        assertThat(late.near.isOpen()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldRunWhatIsLeftToDoForACrowdThatIsGone(Transport transport) throws IOException {
        open(transport, Tick.FEW_CALLS + 1);
        Peer last = callers.get(Tick.FEW_CALLS);
        last.near.close();
        sockets.read();
        AtomicBoolean ran = new AtomicBoolean();
        last.near.eventLoop().execute(() -> ran.set(true));
        sockets.read();
        assertThat(ran).isTrue();
    }

    /** With so many callers that are connected. */
    private void open(Transport transport, int count) throws IOException {
        this.transport = transport;
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets = new LaneSockets(transport);
        sockets.belongTo(Thread.currentThread(), () -> false);
        for (int i = 0; i < count; i++) {
            Peer caller = new Peer();
            sockets.admit(caller.near, registered -> {});
            sockets.read();
            caller.connect();
            callers.add(caller);
        }
    }

    /** Both ends of a connection: what is said at the far one is read at the near one. */
    private final class Peer extends ChannelInboundHandlerAdapter {
        final SocketChannel near = transport == Transport.EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
        Runnable whenRead = () -> {};
        Socket far;

        Peer() {
            near.pipeline().addLast(this);
        }

        void connect() throws IOException {
            near.connect(listening.getLocalSocketAddress());
            far = listening.accept();
            while (!near.isActive()) {
                sockets.read();
            }
        }

        void say() {
            try {
                far.getOutputStream().write(1); // on the same machine it has come when this returns
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            read.add(this);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            whenRead.run();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            gone.add(this);
        }
    }
}
