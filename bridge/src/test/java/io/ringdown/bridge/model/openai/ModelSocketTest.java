package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSocketTest {
    private final EventLoopGroup lane = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Heard heard = new Heard();
    private FakeServer server;
    private ModelEndpoint endpoint;
    private ModelSocket socket;

    @AfterEach
    void close() {
        lane.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        if (endpoint != null) {
            endpoint.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldUpgradeWithoutExtensionsOrOrigin() throws Exception {
        connected("ws", Optional.of("sk-test"));

        assertThat(server.uri).isEqualTo("/v1/realtime?model=gpt-realtime");
        assertThat(server.headers.get("authorization")).isEqualTo("Bearer sk-test");
        assertThat(server.headers.contains("sec-websocket-extensions")).isFalse();
        assertThat(server.headers.contains("sec-websocket-protocol")).isFalse();
        assertThat(server.headers.contains("origin")).isFalse();
        assertThat(heard.lines).containsExactly("connected");
    }

    @Test
    void shouldSendNoAuthorizationWithoutAKey() throws Exception {
        connected("ws", Optional.empty());

        assertThat(server.headers.contains("authorization")).isFalse();
    }

    @Test
    void shouldHoldWritesBackUntilTheFlush() throws Exception {
        connected("ws", Optional.empty());
        onLane(() -> {
            socket.write(text("one"));
            socket.write(text("two"));
        });
        assertThat(server.received).isEmpty();

        onLane(socket::flush);
        await().until(() -> server.received.equals(List.of("one", "two")));
    }

    /** As when no descriptor is left. */
    public static final class NoSocket extends NioSocketChannel {
        public NoSocket() {
            super(refuse());
        }

        private static java.nio.channels.SocketChannel refuse() {
            throw new ChannelException("too many open files");
        }
    }

    @Test
    void shouldTellOfASocketThatCouldNotBeMadeOnItsLane() throws Exception {
        endpoint = ModelEndpoint.open(URI.create("ws://127.0.0.1:1/v1/realtime"), Optional.empty(), List.of());
        socket = new ModelSocket(new ModelConnector(lane.next(), NoSocket.class, endpoint), heard);
        onLane(() -> socket.connect("gpt-realtime"));
        await().until(() -> !heard.lines.isEmpty());
        assertThat(heard.lines).singleElement().asString().startsWith("lost connect: ");
        assertThat(heard.lostOn).startsWith("multiThreadIoEventLoopGroup");
        onLane(socket::close);
    }

    @Test
    void shouldReadMessagesWhole() throws Exception {
        connected("ws", Optional.empty());
        String large = "x".repeat(1_000_000);
        server.send(new TextWebSocketFrame(false, 0, "hel"));
        server.send(new ContinuationWebSocketFrame(false, 0, "l"));
        server.send(new ContinuationWebSocketFrame(true, 0, "o"));
        server.send(new TextWebSocketFrame(large));
        server.send(new TextWebSocketFrame(""));

        await().until(() -> heard.lines.equals(List.of("connected", "hello", large, "")));
    }

    @Test
    void shouldAnswerAPing() throws Exception {
        connected("ws", Optional.empty());
        server.send(new PingWebSocketFrame(text("are you there")));

        await().until(() -> server.received.contains("pong are you there"));
    }

    @Test
    void shouldPassABinaryMessageOver() throws Exception {
        connected("ws", Optional.empty());
        server.send(new BinaryWebSocketFrame(text("\u0000")));
        server.send(new TextWebSocketFrame("next"));

        await().until(() -> heard.lines.equals(List.of("connected", "binary", "next")));
    }

    @Test
    void shouldGiveUpOnAMessageBeyondReason() throws Exception {
        connected("ws", Optional.empty());
        server.send(new TextWebSocketFrame("x".repeat(ModelSocket.MAX_MESSAGE_BYTES + 1)));

        await().until(() -> heard.lines.size() == 2);
        assertThat(heard.lines.get(1)).startsWith("lost").contains("" + ModelSocket.MAX_MESSAGE_BYTES);
    }

    @Test
    void shouldSayWhyItLeavesAServerThatBreaksTheProtocol() throws Exception {
        connected("ws", Optional.empty());
        server.send(new ContinuationWebSocketFrame(text("of nothing")));

        await().until(() -> server.received.equals(List.of("close 1002", "gone")));
        assertThat(heard.lines).hasSize(2);
        assertThat(heard.lines.get(1)).startsWith("lost").contains("continuation");
    }

    @Test
    void shouldTellThatTheServerClosed() throws Exception {
        connected("ws", Optional.empty());
        server.send(new CloseWebSocketFrame(1001, "session limit"));

        await().until(() -> heard.lines.equals(List.of("connected", "lost closed by the server: 1001")));
        await().until(() -> server.received.equals(List.of("close 1001", "gone")));
        assertThat(onLaneAsk(socket::isOpen)).isFalse();
        assertThat(onLaneAsk(socket::isWritable)).isFalse();
    }

    @Test
    void shouldTellThatTheConnectionBroke() throws Exception {
        connected("ws", Optional.empty());
        server.client.close();

        await().until(() -> heard.lines.equals(List.of("connected", "lost connection lost")));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500})
    void shouldTellHowTheUpgradeWasRefused(int status) throws Exception {
        server = new FakeServer(null);
        server.refusal = HttpResponseStatus.valueOf(status);
        server.refusalBody = "{\"error\":{\"code\":\"insufficient_quota\"}}" + " ".repeat(5_000);
        connect("ws", Optional.empty(), List.of());

        await().until(() -> heard.lines.size() == 2);
        assertThat(heard.lines.get(0))
                .startsWith("refused " + status + " {\"error\":{\"code\":\"insufficient_quota\"}}");
        assertThat(heard.lines.get(0)).hasSizeLessThan(1_100);
        assertThat(heard.lines.get(1)).isEqualTo("lost upgrade refused: " + status);
    }

    @Test
    void shouldTellOnceThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        connect(URI.create("ws://127.0.0.1:" + port + "/r"), Optional.empty(), List.of());

        await().until(() -> heard.lines.size() == 1);
        assertThat(heard.lines.get(0)).startsWith("lost connect: ");
    }

    @Test
    void shouldSayGoodbyeAndStayQuiet() throws Exception {
        connected("ws", Optional.empty());
        onLane(() -> {
            socket.close();
            socket.close();
        });

        await().until(() -> server.received.equals(List.of("close 1000", "gone")));
        assertThat(heard.lines).containsExactly("connected");
    }

    @Test
    void shouldLeaveAServerThatDoesNotAnswerTheGoodbye() throws Exception {
        connected("ws", Optional.empty());
        server.silent = true;
        onLane(socket::close);

        await().until(() -> server.received.equals(List.of("close 1000", "gone")));
        assertThat(heard.lines).containsExactly("connected");
    }

    @Test
    void shouldAbandonAnUpgradeThatIsNotAnswered() throws Exception {
        server = new FakeServer(null);
        server.silent = true;
        connect("ws", Optional.empty(), List.of());
        await().until(() -> server.client != null);
        onLane(socket::close);

        await().until(() -> server.received.equals(List.of("gone")));
        assertThat(heard.lines).isEmpty();
    }

    @Test
    void shouldCloseWhatNeverConnected() throws Exception {
        endpoint = ModelEndpoint.open(URI.create("ws://127.0.0.1:1/r"), Optional.empty(), List.of());
        socket = new ModelSocket(new ModelConnector(lane.next(), NioSocketChannel.class, endpoint), heard);
        onLane(socket::close);

        assertThat(heard.lines).isEmpty();
    }

    @Test
    void shouldReadNothingWhileTold() throws Exception {
        connected("ws", Optional.empty());
        onLane(() -> socket.setReading(false));
        server.send(new TextWebSocketFrame("one"));
        server.send(new PingWebSocketFrame(text("p")));
        onLane(() -> socket.write(text("ask")));
        onLane(socket::flush);
        await().until(() -> server.received.contains("ask"));
        assertThat(heard.lines).containsExactly("connected");

        onLane(() -> socket.setReading(true));
        await().until(() -> heard.lines.equals(List.of("connected", "one")) && server.received.contains("pong p"));
    }

    @Test
    void shouldNotBeWritableWhileTheServerDoesNotRead() throws Exception {
        connected("ws", Optional.empty());
        server.client.config().setAutoRead(false);
        String large = "x".repeat(60_000);
        await().until(() -> {
            onLane(() -> socket.write(text(large)));
            onLane(socket::flush);
            return !onLaneAsk(socket::isWritable);
        });

        server.client.config().setAutoRead(true);
        await().until(() -> onLaneAsk(socket::isWritable));
    }

    @Test
    void shouldNotPileUpAnswersToPingsOfAServerThatDoesNotRead() throws Exception {
        connected("ws", Optional.empty());
        server.client.config().setAutoRead(false);
        await().until(() -> {
            onLane(() -> socket.write(text("x".repeat(60_000))));
            onLane(socket::flush);
            return !onLaneAsk(socket::isWritable);
        });
        for (int i = 0; i < 1_000; i++) {
            server.send(new PingWebSocketFrame(text("are you there")));
        }
        server.send(new TextWebSocketFrame("next"));
        await().until(() -> heard.lines.contains("next"));

        server.client.config().setAutoRead(true);
        await().until(() -> onLaneAsk(socket::isWritable));
        server.send(new PingWebSocketFrame(text("and now")));
        await().until(() -> server.received.contains("pong and now"));
        assertThat(server.received).doesNotContain("pong are you there");
    }

    @Test
    void shouldSpeakTlsToWhomItTrusts() throws Exception {
        X509Bundle certificate = certificate("127.0.0.1");
        server = new FakeServer(tls(certificate));
        connect("wss", Optional.of("sk-test"), List.of(certificate.getRootCertificate()));

        await().until(() -> heard.lines.equals(List.of("connected")));
        assertThat(endpoint.unreachableBecause()).isNull();
        onLane(() -> socket.write(text("hello")));
        onLane(socket::flush);
        await().until(() -> server.received.contains("hello"));
    }

    @Test
    void shouldNotSpeakToAStranger() throws Exception {
        server = new FakeServer(tls(certificate("127.0.0.1")));
        connect("wss", Optional.of("sk-test"), List.of());

        await().until(() -> heard.lines.size() == 1);
        assertThat(endpoint.unreachableBecause())
                .isEqualTo("TLS: unable to find valid certification path to requested target");
        assertThat(heard.lines.get(0))
                .isEqualTo("lost TLS: unable to find valid certification path to requested target");
        assertThat(server.headers).isNull();
    }

    @Test
    void shouldNotSpeakToSomebodyElse() throws Exception {
        X509Bundle certificate = certificate("127.0.0.99");
        server = new FakeServer(tls(certificate));
        connect("wss", Optional.of("sk-test"), List.of(certificate.getRootCertificate()));

        await().until(() -> heard.lines.size() == 1);
        assertThat(heard.lines.get(0))
                .isEqualTo("lost TLS: No subject alternative names matching IP address 127.0.0.1 found");
        assertThat(server.headers).isNull();
    }

    @Test
    void shouldNotQuoteAServerThatSpeaksPlainly() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            connect(URI.create("wss://127.0.0.1:" + plain.getLocalPort() + "/r"), Optional.empty(), List.of());
            try (Socket client = plain.accept()) {
                client.getOutputStream().write("SSH-2.0-secret\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> heard.lines.equals(List.of("lost TLS: not TLS")));
            }
        }
    }

    private static X509Bundle certificate(String address) throws Exception {
        return new CertificateBuilder()
                .subject("CN=model")
                .setIsCertificateAuthority(true)
                .addSanIpAddress(address)
                .buildSelfSigned();
    }

    private static SslContext tls(X509Bundle certificate) throws Exception {
        return SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
    }

    private void connected(String scheme, Optional<String> apiKey) throws Exception {
        server = new FakeServer(null);
        connect(scheme, apiKey, List.of());
        await().until(() -> heard.lines.contains("connected") && server.client != null);
    }

    private void connect(String scheme, Optional<String> apiKey, List<X509Certificate> trusted) throws Exception {
        connect(URI.create(scheme + "://127.0.0.1:" + server.port() + "/v1/realtime"), apiKey, trusted);
    }

    private void connect(URI url, Optional<String> apiKey, List<X509Certificate> trusted) throws Exception {
        endpoint = ModelEndpoint.open(url, apiKey, trusted);
        socket = new ModelSocket(new ModelConnector(lane.next(), NioSocketChannel.class, endpoint), heard);
        onLane(() -> socket.connect("gpt-realtime"));
    }

    private void onLane(Runnable task) {
        lane.next().submit(task).syncUninterruptibly();
    }

    private boolean onLaneAsk(Callable<Boolean> question) {
        return lane.next().submit(question).syncUninterruptibly().getNow();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /** What a socket told, in words. */
    private static final class Heard implements ModelSocket.Listener {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile String lostOn;

        @Override
        public void connected() {
            lines.add("connected");
        }

        @Override
        public void refused(int status, String body) {
            lines.add("refused " + status + " " + body);
        }

        @Override
        public void received(ByteBuf message) {
            lines.add(message.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void receivedBinary() {
            lines.add("binary");
        }

        @Override
        public void lost(String cause) {
            lostOn = Thread.currentThread().getName();
            lines.add("lost " + cause);
        }
    }
}
