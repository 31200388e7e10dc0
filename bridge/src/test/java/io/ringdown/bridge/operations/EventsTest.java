package io.ringdown.bridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.settings.HostAndPort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of events, read over real sockets: by one, by many, by one who does not read. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsTest {
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);

    private final StandingCalls calls = new StandingCalls(1_000);
    private final Metrics metrics = new Metrics(calls.admission, calls.hangups, List.of(calls.lane));
    private final List<EventReader> readers = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final OperationsServer server;

    EventsTest() throws IOException {
        Health health = new Health(() -> true, calls.admission);
        server = OperationsServer.start(ANY_PORT, Optional.empty(), health, metrics, calls.controls(Optional.empty()));
    }

    @AfterEach
    void stop() throws Exception {
        for (EventReader reader : readers) {
            reader.close();
        }
        server.close();
        metrics.close();
        calls.close();
    }

    @Test
    void shouldTellEverythingFirstAndThenWhatChanges() throws Exception {
        calls.place("CA1");
        EventReader reader = read();
        JsonNode snapshot = reader.next("snapshot");
        assertThat(snapshot.get("live").asInt()).isEqualTo(1);
        assertThat(snapshot.get("capacity").asInt()).isEqualTo(1_000);
        assertThat(snapshot.get("now_ms").asLong()).isPositive();
        assertThat(snapshot.get("lanes").get(0).get("lane").asText()).isEqualTo("lane-0");
        assertThat(snapshot.get("lanes").get(0).get("calls").asInt()).isEqualTo(1);
        assertThat(snapshot.get("lanes").get(0).get("answering").asBoolean()).isTrue();
        JsonNode row = snapshot.get("calls").get(0);
        assertThat(row.get(0).asText()).isEqualTo("CA1");
        assertThat(row.get(1).asText()).isEqualTo("lane-0");
        assertThat(row.get(2).asText()).isEqualTo("talking");
        assertThat(row.get(3).asText()).isEqualTo("listening");
        assertThat(row.get(4).asLong()).isPositive();
        assertThat(row.get(5).asText()).isEqualTo("default");

        calls.place("CA2");
        JsonNode changes =
                reader.nextWhere("changes", event -> !event.get("changed").isEmpty());
        assertThat(changes.get("changed")).hasSize(1);
        assertThat(changes.get("changed").get(0).get(0).asText()).isEqualTo("CA2");
        assertThat(changes.get("gone")).isEmpty();
    }

    @Test
    void shouldTellOfCallsThatEnd() throws Exception {
        calls.place("CA1");
        EventReader reader = read();
        reader.next("snapshot");
        calls.registry.find("CA1").tell(event -> event.operatorHungUp(false));
        JsonNode ended = reader.next("ended").get("ended").get(0);
        assertThat(ended.get("call_sid").asText()).isEqualTo("CA1");
        assertThat(ended.get("reason").asText()).isEqualTo("operator");
        assertThat(ended.get("agent").asText()).isEqualTo("default");
        JsonNode changes =
                reader.nextWhere("changes", event -> !event.get("gone").isEmpty());
        assertThat(changes.get("gone").get(0).asText()).isEqualTo("CA1");
        assertThat(changes.get("live").asInt()).isZero();
        assertThat(read().next("snapshot").get("ended").get(0).get("call_sid").asText())
                .isEqualTo("CA1");
    }

    @Test
    void shouldGoOnWhenNothingHappens() throws Exception {
        EventReader reader = read();
        reader.next("snapshot");
        for (int i = 0; i < 2; i++) {
            JsonNode beat = reader.next("changes");
            assertThat(beat.get("changed")).isEmpty();
        }
    }

    @Test
    void shouldTellThatALaneStandsStill() throws Exception {
        EventReader reader = read();
        reader.next("snapshot");
        calls.standStill(true);
        reader.nextWhere(
                "changes", event -> !event.get("lanes").get(0).get("answering").asBoolean());
        calls.standStill(false);
        reader.nextWhere(
                "changes", event -> event.get("lanes").get(0).get("answering").asBoolean());
    }

    @Test
    void shouldServeTwoHundredReadersOfAThousandCalls() throws Exception {
        calls.place(IntStream.range(0, 1_000).mapToObj(i -> "CA" + i).toList());
        for (int i = 0; i < 200; i++) {
            read();
        }
        for (EventReader reader : readers) {
            assertThat(reader.next("snapshot").get("calls").size()).isEqualTo(1_000);
        }
        calls.registry.find("CA500").tell(event -> event.operatorHungUp(false));
        for (EventReader reader : readers) {
            JsonNode changes =
                    reader.nextWhere("changes", event -> !event.get("gone").isEmpty());
            assertThat(changes.get("gone").get(0).asText()).isEqualTo("CA500");
        }
    }

    @Test
    void shouldRefuseTheReaderThatOneTooManyIs() throws Exception {
        for (int i = 0; i < 256; i++) {
            assertThat(read().status()).contains(" 200 "); // in before the next one asks
        }
        int port = server.address().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
        readers.remove(0).close();
        await().until(() -> {
            EventReader reader = read();
            return reader.status().contains(" 200 ");
        });
    }

    @Test
    void shouldDropAReaderThatTakesNothingAndServeTheOthers() throws Exception {
        calls.place(IntStream.range(0, 1_000).mapToObj(i -> "CA" + i).toList());
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(server.address());
            deaf.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            EventReader other = read();
            other.next("snapshot");
            await().atMost(Duration.ofSeconds(40))
                    .until(
                            () -> { // it is dropped after 10 s
                                calls.toggleTurns();
                                other.nextWhere(
                                        "changes",
                                        event -> !event.get("changed").isEmpty());
                                return isClosed(deaf);
                            });
            other.next("changes");
        }
    }

    @Test
    void shouldCatchUpWithEverythingWhenAReaderReadsAgain() throws Exception {
        calls.place(IntStream.range(0, 1_000).mapToObj(i -> "CA" + i).toList());
        EventReader slow = EventReader.slow(server.address());
        readers.add(slow);
        EventReader other = read();
        other.next("snapshot");
        for (int i = 0; i < 5; i++) { // far more than the buffers of both ends hold
            calls.toggleTurns();
            lookAgain();
            other.nextWhere("changes", event -> !event.get("changed").isEmpty());
        }
        calls.registry.find("CA7").tell(event -> event.operatorHungUp(false));
        other.nextWhere("changes", event -> !event.get("gone").isEmpty());
        slow.next("snapshot");
        JsonNode again = slow.nextWhere("snapshot", event -> true);
        assertThat(again.get("calls").size()).isEqualTo(999);
        assertThat(again.get("ended").get(0).get("call_sid").asText()).isEqualTo("CA7");
    }

    /** Whoever asks for calls has everybody told what changed. */
    private void lookAgain() throws Exception {
        int port = server.address().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/calls"))
                .build();
        await().until(() -> client.send(request, BodyHandlers.ofString()).statusCode() == 200);
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private EventReader read() throws IOException {
        EventReader reader = EventReader.of(server.address());
        readers.add(reader);
        return reader;
    }
}
