package io.ringdown.bridge.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The carrier's port with TLS, by either library, among peers that speak it and peers that do not. */
class TlsEntryTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int REQUEST_TIMEOUT_S = 15;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean unlimited; // as after an upgrade
    private X509Bundle bundle;
    private Tls tls;
    private TlsEntry entry;

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        tls.close();
    }

    private void use(SslProvider provider) throws Exception {
        bundle = new CertificateBuilder()
                .subject("CN=voice.example.com")
                .setIsCertificateAuthority(true)
                .addSanDnsName("voice.example.com")
                .buildSelfSigned();
        tls = Tls.server(bundle.getKeyPair().getPrivate(), List.of(bundle.getCertificatePath()), provider);
        entry = new TlsEntry(tls, SystemNanoClock.INSTANCE);
    }

    private void fill(Channel channel) {
        entry.install(channel);
        HttpPipeline.install(channel.pipeline(), 64 * 1024);
        channel.pipeline().addLast(new Answering());
    }

    private InetSocketAddress listen() {
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fill(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) listening.localAddress();
    }

    private static Socket dial(InetSocketAddress address) throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }

    /** A client that trusts our certificate, its handshake still to come. */
    private SSLSocket over(Socket socket) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {bundle.toTrustManager()}, null);
        return (SSLSocket) context.getSocketFactory().createSocket(socket, "voice.example.com", socket.getPort(), true);
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(US_ASCII));
        byte[] status = new byte["HTTP/1.1 200 OK".length()];
        int read = socket.getInputStream().readNBytes(status, 0, status.length);
        return new String(status, 0, read, US_ASCII);
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes() != null;
        } catch (IOException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void shouldAnswerInTls(SslProvider provider, String protocol) throws Exception {
        use(provider);
        try (SSLSocket socket = over(dial(listen()))) {
            socket.setEnabledProtocols(new String[] {protocol});
            assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
        assertThat(entry.failures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldSpeakNothingOlder(SslProvider provider) throws Exception {
        use(provider);
        EmbeddedChannel channel = new EmbeddedChannel();
        fill(channel);
        assertThat(channel.pipeline().get(SslHandler.class).engine().getEnabledProtocols())
                .contains("TLSv1.2", "TLSv1.3")
                .doesNotContain("TLSv1.1", "TLSv1", "SSLv3");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldAgreeOnNoOtherProtocol(SslProvider provider) throws Exception {
        use(provider);
        try (SSLSocket socket = over(dial(listen()))) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(socket.getApplicationProtocol()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENSSL, 'GET /secret HTTP/1.1'",
        "JDK,     'GET /secret HTTP/1.1'",
        "OPENSSL, SSH-2.0-OpenSSH_9.2p1",
        "JDK,     SSH-2.0-OpenSSH_9.2p1",
        "OPENSSL, '\u0016\u0003\u0001\u0000\u0010what is this?'",
        "JDK,     '\u0016\u0003\u0001\u0000\u0010what is this?'",
    })
    void shouldLoseWhoSpeaksNoTlsAndNobodyElse(SslProvider provider, String said) throws Exception {
        use(provider);
        InetSocketAddress address = listen();
        try (SSLSocket neighbour = over(dial(address));
                Socket plain = dial(address)) {
            neighbour.startHandshake();
            plain.getOutputStream().write((said + "\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
            assertThat(isClosed(plain)).isTrue();
            await().until(() -> entry.failures() == 1);
            assertThat(requests).isEmpty();
            assertThat(ask(neighbour)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENSSL, plainly all of a sudden",
        "JDK,     plainly all of a sudden",
        "OPENSSL, '\u0017\u0003\u0003\u0000\u0020a record that nobody encrypted..'",
        "JDK,     '\u0017\u0003\u0003\u0000\u0020a record that nobody encrypted..'"
    })
    void shouldLoseWhoBreaksTlsLater(SslProvider provider, String said) throws Exception {
        use(provider);
        unlimited = true;
        try (Socket beneath = dial(listen());
                SSLSocket socket = over(beneath)) {
            assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
            beneath.getOutputStream().write(said.getBytes(US_ASCII));
            assertThat(beneath.getInputStream().read())
                    .as("an alert or the end")
                    .isLessThan(0x100);
            beneath.getOutputStream().write(said.getBytes(US_ASCII)); // BoringSSL has sent its alert and waits
            assertThat(isClosed(beneath)).isTrue();
            await().until(() -> entry.failures() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldCountWhoLeavesInTheMiddle(SslProvider provider) throws Exception {
        use(provider);
        try (Socket gone = dial(listen())) {
            gone.getOutputStream().write(new byte[] {0x16, 3, 1});
        }
        await().until(() -> entry.failures() == 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"OPENSSL", "JDK"})
    void shouldWaitForAHandshakeNoLongerThanForARequest(SslProvider provider) throws Exception {
        use(provider);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        fill(channel);
        byte[] hello = {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC, 3, 3, 0, 0, 0, 0, 0, 0};
        for (int second = 0; second < REQUEST_TIMEOUT_S - 1; second++) {
            channel.writeInbound(Unpooled.wrappedBuffer(hello, second, 1));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(entry.failures()).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldNeverQuoteAPeer() throws Exception {
        use(SslProvider.JDK);
        NotSslRecordException bytes = new NotSslRecordException("not an SSL/TLS record: 736563726574");

        assertThat(Tls.reason(new DecoderException(bytes))).isEqualTo("not TLS");
        assertThat(Tls.reason(new ClosedChannelException())).isEqualTo("closed before the handshake was done");
        assertThat(Tls.reason(new SSLHandshakeException("no cipher\nin common")))
                .isEqualTo("no cipher in common");
        assertThat(Tls.reason(new SSLHandshakeException("x".repeat(1_000)))).hasSize(100);
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            requests.add(request.uri());
            if (unlimited) {
                HttpPipeline.lift(context.pipeline());
            }
            HttpReply.text(HttpResponseStatus.OK, "fine").answer(context, request);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
