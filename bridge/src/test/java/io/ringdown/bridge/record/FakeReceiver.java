package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook on the loopback: answers by a script, then always with 200, and notes every request. */
public final class FakeReceiver implements AutoCloseable {
    /** One request, as it came. */
    public record Delivery(String key, String signature, String body) {}

    /** What is done with a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private FakeReceiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public static FakeReceiver start() throws IOException {
        return new FakeReceiver(0);
    }

    /** One that comes back where another was. */
    static FakeReceiver startOn(int port) throws IOException {
        return new FakeReceiver(port);
    }

    public FakeReceiver then(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    private void take(HttpExchange exchange) throws IOException {
        deliveries.add(new Delivery(
                exchange.getRequestHeaders().getFirst(Webhook.KEY),
                exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer = script.poll();
        (answer == null ? status(200) : answer).to(exchange);
    }

    public static Answer status(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    static Answer askingToWait(int status, String seconds) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", seconds);
            status(status).to(exchange);
        };
    }

    /** Announces a body and closes in the middle of it. */
    public static Answer cutShort() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("half".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Takes it in, and never says anything. */
    public static Answer silence() {
        return exchange -> {};
    }

    public List<Delivery> deliveries() {
        return deliveries;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/calls?from=ringdown");
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
