package io.ringdown.bridge.model.openai;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.ringdown.bridge.net.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Where the model is and how it is reached, the same for all lanes. Opened once at the start, which looks the host up;
 * afterwards any thread may ask, and none waits.
 */
public final class ModelEndpoint implements AutoCloseable {
    private static final String MODEL = "model";

    private final URI url;
    private final HttpHeaders headers;
    private final Tls tls;
    private final HostAddresses addresses;

    private ModelEndpoint(URI url, Optional<String> apiKey, Tls tls) throws IOException {
        this.url = url;
        this.tls = tls;
        headers = new DefaultHttpHeaders();
        apiKey.ifPresent(key -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key));
        addresses = HostAddresses.lookUp(host(), InetAddress::getAllByName);
    }

    /**
     * Blocks for a DNS lookup and, for {@code wss}, to load what is trusted.
     *
     * @param url {@code ws} or {@code wss}
     * @param apiKey a bearer token; empty: no Authorization header
     * @param trusted to trust in place of what the JDK does, unless empty; only for {@code wss}
     * @throws IOException when the host has no address, or the certificates cannot be used
     */
    public static ModelEndpoint open(URI url, Optional<String> apiKey, List<X509Certificate> trusted)
            throws IOException {
        return new ModelEndpoint(url, apiKey, isSecure(url) ? Tls.client(trusted) : null);
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

    /** With the model's name as a query parameter, unless the URL has one already. */
    URI uri(String model) {
        return withModel(url, model);
    }

    /** To be sent with the upgrade; not to be changed. */
    HttpHeaders headers() {
        return headers;
    }

    /** Null for plain {@code ws}. */
    Tls tls() {
        return tls;
    }

    /** As in the URL: for SNI, and what its certificate must name. */
    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return isSecure(url) ? 443 : 80;
    }

    /** The next of the host's addresses in turn. */
    InetSocketAddress address() {
        return new InetSocketAddress(addresses.next(), port());
    }

    /** Tries to connect, TLS included, and blocks for it: why that fails, or null if it does not. */
    public String unreachableBecause() {
        return ModelProbe.failure(this);
    }

    @Override
    public void close() {
        addresses.close();
        if (tls != null) {
            tls.close();
        }
    }
}
