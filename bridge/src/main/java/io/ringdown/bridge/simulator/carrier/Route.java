package io.ringdown.bridge.simulator.carrier;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * How a call reaches the bridge. The public URL names it (path, Host, signature); {@code address} is where the socket is
 * really opened.
 *
 * @param tls a client's; empty: plain, as behind a proxy that ends TLS, whatever the public URL says
 */
public record Route(Entrance entrance, String publicUrl, InetSocketAddress address, Optional<SslContext> tls) {
    /** Whether the public URL is the voice webhook's, whose TwiML names the stream, or the stream's own. */
    public enum Entrance {
        WEBHOOK,
        STREAM
    }

    public Route {
        URI url = URI.create(publicUrl);
        if (url.getHost() == null || url.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("a public url needs a host and a path: " + publicUrl);
        }
    }

    /** Through the voice webhook at {@code publicUrl}; webhook and stream are both reached at {@code address}. */
    public static Route webhook(String publicUrl, InetSocketAddress address) {
        return new Route(Entrance.WEBHOOK, publicUrl, address, Optional.empty());
    }

    /** Straight to the stream, without a webhook. */
    public static Route stream(String publicUrl, InetSocketAddress address) {
        return new Route(Entrance.STREAM, publicUrl, address, Optional.empty());
    }

    /** Straight to a {@code ws://host:port/path} that is its own address. */
    public static Route stream(String wsUrl) {
        URI url = URI.create(wsUrl);
        if (!"ws".equals(url.getScheme()) || url.getPort() < 0) {
            throw new IllegalArgumentException("not ws://host:port/path: " + wsUrl);
        }
        return stream(wsUrl, new InetSocketAddress(url.getHost(), url.getPort()));
    }

    /** The same by TLS, to a bridge whose certificate names the public URL's host and is one that {@code client} trusts. */
    public Route over(SslContext client) {
        return new Route(entrance, publicUrl, address, Optional.of(client));
    }

    /** As in the public URL. */
    String host() {
        return URI.create(publicUrl).getHost();
    }
}
