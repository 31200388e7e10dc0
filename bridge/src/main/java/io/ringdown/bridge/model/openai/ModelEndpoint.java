package io.ringdown.bridge.model.openai;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Where the model is and how it is reached, the same for all lanes. Opened once at the start, which looks the host up;
 * afterwards any thread may ask, and none waits.
 */
public final class ModelEndpoint implements AutoCloseable {
    private static final String MODEL = "model";
    private static final int CONNECT_TIMEOUT_MS = 3_000;

    private final URI uri;
    private final HttpHeaders headers;
    private final SslContext tls;
    private final HostAddresses addresses;

    private ModelEndpoint(URI uri, Optional<String> apiKey, SslContext tls) throws IOException {
        this.uri = uri;
        this.tls = tls;
        headers = new DefaultHttpHeaders();
        apiKey.ifPresent(key -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key));
        addresses = HostAddresses.lookUp(host(), InetAddress::getAllByName);
    }

    /**
     * Blocks for a DNS lookup and, for {@code wss}, to load what is trusted.
     *
     * @param url {@code ws} or {@code wss}
     * @param model its name, added as a query parameter unless the URL has one already
     * @param apiKey a bearer token; empty: no Authorization header
     * @param trusted certificates in PEM to trust in place of the JDK's; only for {@code wss}
     * @throws IOException when the host has no address, or the certificates cannot be read
     */
    public static ModelEndpoint open(URI url, String model, Optional<String> apiKey, Optional<File> trusted)
            throws IOException {
        return new ModelEndpoint(withModel(url, model), apiKey, isSecure(url) ? tls(trusted) : null);
    }

    static URI withModel(URI url, String model) {
        boolean named = new QueryStringDecoder(url).parameters().containsKey(MODEL);
        if (named) {
            return url;
        }
        QueryStringEncoder parameter = new QueryStringEncoder("");
        parameter.addParam(MODEL, model);
        String joint = url.getRawQuery() == null ? "?" : "&";
        return URI.create(url + joint + parameter.toString().substring(1));
    }

    private static boolean isSecure(URI url) {
        return "wss".equalsIgnoreCase(url.getScheme());
    }

    private static SslContext tls(Optional<File> trusted) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .endpointIdentificationAlgorithm("HTTPS");
        trusted.ifPresent(builder::trustManager);
        return builder.build();
    }

    URI uri() {
        return uri;
    }

    /** To be sent with the upgrade; not to be changed. */
    HttpHeaders headers() {
        return headers;
    }

    /** Null for plain {@code ws}. */
    SslContext tls() {
        return tls;
    }

    /** As in the URL: for SNI, and what its certificate must name. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return isSecure(uri) ? 443 : 80;
    }

    /** The next of the host's addresses in turn. */
    InetSocketAddress address() {
        return new InetSocketAddress(addresses.next(), port());
    }

    /** Tries to connect, and blocks for it: why that fails, or null if it does not. */
    public String unreachableBecause() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), CONNECT_TIMEOUT_MS);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        addresses.close();
    }
}
