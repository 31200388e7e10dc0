package io.ringdown.bridge.model.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of one host, looked up by a thread of its own so that no lane ever waits for DNS (S57). A failed lookup
 * keeps the last good answer. Any thread asks.
 */
final class HostAddresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);
    private static final int REFRESH_S = 30;

    /** {@link InetAddress#getAllByName}, or what stands in for it. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final String host;
    private final Lookup lookup;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "model-dns");
        thread.setDaemon(true);
        return thread;
    });
    private volatile InetAddress[] known;

    private HostAddresses(String host, Lookup lookup, InetAddress[] known) {
        this.host = host;
        this.lookup = lookup;
        this.known = known;
    }

    /** Blocks for the first lookup. */
    static HostAddresses lookUp(String host, Lookup lookup) throws IOException {
        InetAddress[] known;
        try {
            known = oneFamily(lookup.of(host));
        } catch (UnknownHostException unknown) {
            throw new IOException("the model's host has no address: " + host, unknown);
        }
        HostAddresses addresses = new HostAddresses(host, lookup, known);
        addresses.refresher.scheduleWithFixedDelay(addresses::refresh, REFRESH_S, REFRESH_S, TimeUnit.SECONDS);
        return addresses;
    }

    void refresh() {
        try {
            known = oneFamily(lookup.of(host));
        } catch (UnknownHostException | RuntimeException failed) {
            LOG.warn("no new addresses of the model's host, the last {} are kept: {}", known.length, failed.toString());
        }
    }

    /** Those like the first, which the JDK prefers: many hosts have an IPv6 address for others and no way to use one. */
    private static InetAddress[] oneFamily(InetAddress[] found) throws UnknownHostException {
        if (found.length == 0) {
            throw new UnknownHostException("no address");
        }
        return Arrays.stream(found)
                .filter(address -> address.getClass() == found[0].getClass())
                .toArray(InetAddress[]::new);
    }

    /** The addresses in turn. */
    InetAddress next() {
        InetAddress[] addresses = known;
        return addresses[Math.floorMod(turn.getAndIncrement(), addresses.length)];
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
