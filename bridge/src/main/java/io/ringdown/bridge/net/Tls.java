package io.ringdown.bridge.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.channels.ClosedChannelException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 and 1.3 for all connections of one leg, by BoringSSL where its native library is, by the JDK elsewhere. No ALPN
 * is offered: what follows is HTTP/1.1. Made at the start, since it loads files, keys and native code; then any thread.
 *
 * <p>A connection's lane encrypts and decrypts, and with BoringSSL does the sums of the handshake too, the private key's
 * among them. What a handshake delegates is done by a thread of its own: checking the peer's certificates and choosing
 * ours, and with the JDK the sums. The lane goes on meanwhile.
 */
public final class Tls implements AutoCloseable {
    private static final int CLOSE_NOTIFY_MS = 1_000;
    private static final int MAX_REASON_CHARS = 100;

    /** The key passes through a store in memory; the default kind spends thousands of rounds on its password. */
    private static final String PASSING_STORE = "JKS";

    private final SslProvider provider;
    private final ExecutorService delegated;
    private volatile SslContext context;

    private Tls(SslContextBuilder builder, SslProvider provider, String thread) throws SSLException {
        this.provider = provider;
        context = built(builder);
        delegated = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, thread);
            own.setDaemon(true);
            return own;
        });
    }

    private SslContext built(SslContextBuilder builder) throws SSLException {
        return builder.sslProvider(provider).protocols("TLSv1.3", "TLSv1.2").build();
    }

    /**
     * Shows another chain from the next connection on; those there are go on as they began. Any thread but a lane's: it
     * loads a key.
     *
     * @throws SSLException when they cannot be used; then nothing changes
     */
    public void show(PrivateKey key, List<X509Certificate> chain) throws SSLException {
        context = built(showing(key, chain)); // the old one is freed with its last connection
    }

    /** Of the carrier's port: shows {@code chain}, whose first certificate is that of {@code key}. */
    public static Tls server(PrivateKey key, List<X509Certificate> chain) throws SSLException {
        return server(key, chain, provider());
    }

    static Tls server(PrivateKey key, List<X509Certificate> chain, SslProvider provider) throws SSLException {
        return new Tls(showing(key, chain), provider, "carrier-tls");
    }

    private static SslContextBuilder showing(PrivateKey key, List<X509Certificate> chain) {
        return SslContextBuilder.forServer(key, chain).keyStoreType(PASSING_STORE);
    }

    /** Of the model's leg: the peer's certificate must name its host, and lead to {@code trusted}; if empty, to what the JDK trusts. */
    public static Tls client(List<X509Certificate> trusted) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        return new Tls(builder, provider(), "model-tls");
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** Whose TLS it is, for people. */
    public static String library() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "the JDK";
    }

    /** For a connection we accepted. The limit of its first request bounds its handshake too. */
    SslHandler accepting(Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), delegated);
        handler.setHandshakeTimeoutMillis(0);
        return bounded(handler);
    }

    /** For a connection we make: {@code host} goes into SNI, and is what the certificate must name. */
    public SslHandler connecting(Channel channel, String host, int port) {
        return bounded(context.newHandler(channel.alloc(), host, port, delegated));
    }

    /** A peer that reads nothing gets no farewell either. */
    private static SslHandler bounded(SslHandler handler) {
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MS);
        return handler;
    }

    /** Why a handshake failed or a record was refused, in words for the log that quote nothing the peer sent. */
    public static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && !(deepest instanceof NotSslRecordException)) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof NotSslRecordException) {
            return "not TLS"; // its own message is the bytes
        }
        if (deepest instanceof ClosedChannelException || deepest.getMessage() == null) {
            return "closed before the handshake was done";
        }
        String words = deepest.getMessage().replaceAll("\\p{Cntrl}", " ");
        return words.substring(0, Math.min(words.length(), MAX_REASON_CHARS));
    }

    @Override
    public void close() {
        delegated.shutdownNow();
    }
}
