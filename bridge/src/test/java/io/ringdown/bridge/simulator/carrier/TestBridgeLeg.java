package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The bridge's end of one stream, in the hands of a test. */
final class TestBridgeLeg {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A message and when it came. */
    record Received(JsonNode json, long atNs) {}

    final String uri;
    final HttpHeaders headers;
    private final Channel channel;
    private final TestBridge.RawTail tail;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> raw = new ConcurrentLinkedQueue<>();
    private volatile int closeCode;
    private volatile boolean closed;
    private volatile Throwable failure;

    TestBridgeLeg(Channel channel, String uri, HttpHeaders headers, TestBridge.RawTail tail) {
        this.channel = channel;
        this.uri = uri;
        this.headers = headers;
        this.tail = tail;
    }

    /** Awaitility at a closer step: the loop's own steps are a millisecond. */
    static ConditionFactory soon() {
        return Awaitility.with()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .await();
    }

    void onText(String text) {
        long nowNs = System.nanoTime();
        raw.add(text);
        try {
            received.add(new Received(JSON.readTree(text), nowNs));
        } catch (JsonProcessingException e) {
            // a raw text of the test's own; it stands in raw
        }
    }

    void onClose(int code) {
        closeCode = code;
    }

    void onInactive() {
        closed = true;
    }

    void onFailure(Throwable cause) {
        failure = cause;
    }

    /** Waits for {@code start}; nothing can be said before. */
    TestBridgeLeg started() {
        soon().until(() -> !all("start").isEmpty());
        return this;
    }

    String streamSid() {
        return all("start").get(0).json().get("streamSid").asText();
    }

    void media(byte[] muLaw) {
        String payload = Base64.getEncoder().encodeToString(muLaw);
        send("{\"event\":\"media\",\"streamSid\":\"" + streamSid() + "\",\"media\":{\"payload\":\"" + payload + "\"}}");
    }

    void mark(String name) {
        send("{\"event\":\"mark\",\"streamSid\":\"" + streamSid() + "\",\"mark\":{\"name\":\"" + name + "\"}}");
    }

    void clear() {
        send("{\"event\":\"clear\",\"streamSid\":\"" + streamSid() + "\"}");
    }

    void send(String text) {
        channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    void sendBinary() {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
    }

    void close(int code) {
        channel.writeAndFlush(new CloseWebSocketFrame(code, ""));
    }

    void dropSocket() {
        channel.close();
    }

    void stopReading() {
        channel.config().setAutoRead(false);
    }

    boolean isBackedUp() {
        return !channel.isWritable();
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    List<Received> all(String event) {
        return received.stream()
                .filter(message -> message.json().path("event").asText().equals(event))
                .toList();
    }

    List<String> events() {
        return received.stream()
                .map(message -> message.json().path("event").asText())
                .toList();
    }

    List<String> marks() {
        return all("mark").stream()
                .map(message -> message.json().at("/mark/name").asText())
                .toList();
    }

    /** Waits until so many echoes have come. */
    List<String> marks(int count) {
        soon().untilAsserted(() -> assertThat(marks()).hasSize(count));
        return marks();
    }

    List<String> raw() {
        return List.copyOf(raw);
    }

    String rawTail() {
        return tail.text;
    }

    int closeCode() {
        return closeCode;
    }

    boolean isClosed() {
        return closed;
    }

    Throwable failure() {
        return failure;
    }
}
