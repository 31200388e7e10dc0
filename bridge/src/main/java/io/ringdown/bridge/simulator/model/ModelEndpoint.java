package io.ringdown.bridge.simulator.model;

import io.netty.channel.IoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;

/**
 * Where a simulated model listens. {@code group} drives it, and stays the caller's to shut down; null gives it one event loop of its own.
 * {@code tls} null is plain {@code ws}. {@code apiKey} null accepts anybody; otherwise an upgrade without {@code Authorization: Bearer <apiKey>} is a 401.
 */
public record ModelEndpoint(InetSocketAddress address, IoEventLoopGroup group, SslContext tls, String apiKey) {

    /** Loopback, any free port, its own event loop, plain, open. */
    public static ModelEndpoint local() {
        return new ModelEndpoint(new InetSocketAddress("127.0.0.1", 0), null, null, null);
    }

    public ModelEndpoint at(InetSocketAddress address) {
        return new ModelEndpoint(address, group, tls, apiKey);
    }

    public ModelEndpoint drivenBy(IoEventLoopGroup group) {
        return new ModelEndpoint(address, group, tls, apiKey);
    }

    public ModelEndpoint withTls(SslContext tls) {
        return new ModelEndpoint(address, group, tls, apiKey);
    }

    public ModelEndpoint withApiKey(String apiKey) {
        return new ModelEndpoint(address, group, tls, apiKey);
    }
}
