package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.ringdown.bridge.settings.HostAndPort;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptorTest {
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);

    private final List<FakeLane> lanes = List.of(new FakeLane("lane-0"), new FakeLane("lane-1"));
    private final List<LaneThread> threads = new ArrayList<>();
    private final List<Queue<Channel>> connections =
            List.of(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    private final List<Socket> clients = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private Acceptor acceptor;

    static Stream<Transport> transports() {
        return LaneThreadTest.transports();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        if (acceptor != null) {
            acceptor.stopAccepting();
        }
        threads.forEach(LaneThread::close);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldAnswerOnTwoLanes(Transport transport) throws IOException {
        listen(transport);
        int callersOfEach = 2 * Tick.FEW_CALLS; // half of them its crowd
        for (int i = 0; i < 2 * callersOfEach; i++) {
            connect();
        }
        for (int round = 0; round < 10; round++) {
            for (Socket client : clients) {
                String said = "round " + round + " of " + client.getLocalPort();
                assertThat(echo(client, said)).isEqualTo(said);
            }
        }
        assertThat(connections).allSatisfy(lane -> assertThat(lane).hasSize(callersOfEach));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldGiveAConnectionToTheLaneWithTheFewestCalls(Transport transport) throws IOException {
        lanes.get(0).calls = 2;
        lanes.get(1).calls = 1;
        listen(transport);
        for (int i = 0; i < 4; i++) {
            echo(connect(), "hello");
        }
        assertThat(connections.get(0)).isEmpty();
        assertThat(connections.get(1)).hasSize(4);
        lanes.get(1).calls = 3;
        echo(connect(), "hello");
        assertThat(connections.get(0)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldPassOverALateLaneUnlessAllAreLate(Transport transport) throws IOException {
        lanes.get(0).late = true;
        lanes.get(1).calls = 5;
        listen(transport);
        echo(connect(), "hello");
        assertThat(connections.get(1)).hasSize(1);
        lanes.get(1).late = true;
        echo(connect(), "hello");
        assertThat(connections.get(0)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldForgetConnectionsThatClosed(Transport transport) throws IOException {
        listen(transport);
        Socket first = connect();
        echo(first, "hello");
        first.close();
        await().until(() -> closed.get() == 1);
        echo(connect(), "hello");
        assertThat(connections.get(0)).hasSize(2);
        assertThat(connections.get(1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldPassOverADeadLane(Transport transport) throws IOException {
        listen(transport);
        threads.get(0).close();
        echo(connect(), "hello");
        echo(connect(), "hello");
        assertThat(connections.get(1)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseWhatNoLaneCanTake(Transport transport) throws IOException {
        listen(transport);
        threads.forEach(LaneThread::close);
        assertThat(endOf(connect())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTuneItsSockets(Transport transport) throws IOException {
        listen(transport);
        echo(connect(), "hello");
        SocketChannel accepted = (SocketChannel) connections.get(0).element();
        assertThat(accepted.config().isTcpNoDelay()).isTrue();
        assertThat(accepted.config().isKeepAlive()).isTrue();
        assertThat(accepted.config().getWriteBufferHighWaterMark()).isEqualTo(16_384);
        assertThat(accepted.config().getWriteBufferLowWaterMark()).isEqualTo(8_192);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNameTheAddressThatIsTaken(Transport transport) throws IOException {
        listen(transport);
        HostAndPort taken = new HostAndPort("127.0.0.1", acceptor.address().getPort());
        assertThatThrownBy(() -> Acceptor.listen(transport, taken, List.of()))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on " + taken + ": address already in use");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNameTheAddressThatIsNotOurs(Transport transport) {
        HostAndPort foreign = new HostAndPort("192.0.2.1", 0); // kept for documentation, nobody has it
        assertThatThrownBy(() -> Acceptor.listen(transport, foreign, List.of()))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on 192.0.2.1:0: cannot assign requested address");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNameTheHostThatNobodyKnows(Transport transport) {
        HostAndPort unknown = new HostAndPort("ringdown.invalid", 8080);
        assertThatThrownBy(() -> Acceptor.listen(transport, unknown, List.of()))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on ringdown.invalid:8080: unknown host");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldKeepConnectionsWhenItStopsAccepting(Transport transport) throws IOException {
        listen(transport);
        Socket client = connect();
        echo(client, "before");
        acceptor.stopAccepting();
        acceptor.stopAccepting();
        assertThat(echo(client, "after")).isEqualTo("after");
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("acceptor")));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldCloseConnectionsWithTheirLane(Transport transport) throws IOException {
        listen(transport);
        Socket client = connect();
        echo(client, "hello");
        threads.forEach(LaneThread::close);
        assertThat(endOf(client)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldPauseAndGoOnWhenAcceptingFails(Transport transport) throws IOException {
        listen(transport);
        Channel socket = acceptor.socket();
        IOException refusal = new IOException("accept: too many open files");
        Future<Boolean> accepting = socket.eventLoop().submit(() -> {
            socket.pipeline().fireExceptionCaught(refusal);
            socket.pipeline().fireExceptionCaught(refusal);
            return socket.config().isAutoRead();
        });
        assertThat(accepting.syncUninterruptibly().getNow()).isFalse();
        assertThat(echo(connect(), "patience")).isEqualTo("patience");
        assertThat(socket.config().isAutoRead()).isTrue();
    }

    private void listen(Transport transport) throws IOException {
        List<Acceptor.Place> places = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            LaneThread thread = lanes.get(i).start(transport, Idle.PARK);
            threads.add(thread);
            FakeLane lane = lanes.get(i);
            places.add(new Acceptor.Place(thread, echoing(lane, connections.get(i)), () -> lane.late));
        }
        acceptor = Acceptor.listen(transport, ANY_PORT, places);
    }

    /** Answers in the lane's turn, not in the read, as calls do. */
    private ChannelInitializer<SocketChannel> echoing(FakeLane lane, Queue<Channel> connections) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                channel.closeFuture().addListener(end -> closed.incrementAndGet()); // told after the acceptor is
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        assertThat(Thread.currentThread().getName()).isEqualTo(lane.roleName());
                        lane.publish(() -> ctx.writeAndFlush(message));
                    }
                });
            }
        };
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = acceptor.address();
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(30_000);
        clients.add(client);
        return client;
    }

    private static String echo(Socket client, String said) throws IOException {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        client.getOutputStream().write(bytes);
        return new String(client.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
    }

    private static boolean endOf(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }
}
