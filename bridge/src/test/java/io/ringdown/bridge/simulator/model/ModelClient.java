package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The client's end of a Realtime session, over a real socket: says what it is told, remembers what it hears. */
final class ModelClient implements WebSocket.Listener, AutoCloseable {
    static final String TELEPHONE_UPDATE = """
            {"type":"session.update","event_id":"cfg-1","session":{"type":"realtime","output_modalities":["audio"],
             "instructions":"You answer call CA123.","max_output_tokens":1200,
             "audio":{"input":{"format":{"type":"audio/pcmu"},"noise_reduction":null,
               "transcription":{"model":"gpt-4o-mini-transcribe","language":"en"},
               "turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500,
                 "create_response":true,"interrupt_response":true,"idle_timeout_ms":null}},
              "output":{"format":{"type":"audio/pcmu"},"voice":"marin","speed":1.0}},
             "tools":[{"type":"function","name":"end_call","description":"Hang up politely",
               "parameters":{"type":"object","properties":{}}}],
             "tool_choice":"auto"}}""";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private volatile Throwable failure;
    private WebSocket socket;

    static ModelClient connect(SimulatedModel model) {
        return connect(HttpClient.newHttpClient(), URI.create(model.uri() + "?model=gpt-realtime"));
    }

    static ModelClient connect(HttpClient http, URI uri) {
        ModelClient client = new ModelClient();
        client.socket = http.newWebSocketBuilder().buildAsync(uri, client).join();
        client.await("session.created");
        return client;
    }

    /** Connected, and configured for the telephone. */
    static ModelClient configured(SimulatedModel model) {
        ModelClient client = connect(model);
        client.send(TELEPHONE_UPDATE);
        client.await("session.updated");
        return client;
    }

    void send(String json) {
        socket.sendText(json, true).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void append(byte[] mulaw) {
        appendBase64(Base64.getEncoder().encodeToString(mulaw));
    }

    void appendBase64(String base64) {
        send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + base64 + "\"}");
    }

    void createResponse() {
        send("{\"type\":\"response.create\"}");
    }

    void cancel() {
        send("{\"type\":\"response.cancel\"}");
    }

    void truncate(String itemId, int audioEndMs) {
        send("{\"type\":\"conversation.item.truncate\",\"item_id\":\"" + itemId
                + "\",\"content_index\":0,\"audio_end_ms\":" + audioEndMs + "}");
    }

    void answerTool(String callId) {
        send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\""
                + callId + "\",\"output\":\"ok\"}}");
    }

    /** Waits for the first event of this type. */
    JsonNode await(String type) {
        return await(type, 1).get(0);
    }

    List<JsonNode> await(String type, int count) {
        until(() -> assertThat(all(type)).hasSizeGreaterThanOrEqualTo(count));
        return all(type);
    }

    JsonNode awaitError(String code) {
        until(() -> assertThat(all("error"))
                .anyMatch(event -> event.path("error").path("code").asText().equals(code)));
        return all("error").stream()
                .filter(event -> event.path("error").path("code").asText().equals(code))
                .findFirst()
                .orElseThrow()
                .path("error");
    }

    List<JsonNode> all(String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    List<String> types() {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    /** Everything heard so far, decoded. */
    byte[] audio() {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        all("response.output_audio.delta")
                .forEach(event -> audio.writeBytes(
                        Base64.getDecoder().decode(event.path("delta").asText())));
        return audio.toByteArray();
    }

    void awaitClose(int code) {
        until(() -> assertThat(closeCode).isEqualTo(code));
    }

    /** The connection broke without a close frame. */
    void awaitFailure() {
        until(() -> assertThat(failure).isNotNull());
        assertThat(closeCode).isZero();
    }

    void awaitEnd() {
        until(() -> assertThat(failure != null || closeCode != 0).isTrue());
    }

    /** Drops the connection without a close frame. */
    void breakOff() {
        socket.abort();
    }

    void closeWith(int code) {
        socket.sendClose(code, "").join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                events.add(JSON.readTree(partial.toString()));
            } catch (JsonProcessingException malformed) {
                failure = malformed;
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        failure = error;
    }

    @Override
    public void close() {
        breakOff();
    }

    /** One patience for all waits. */
    static void until(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
    }
}
