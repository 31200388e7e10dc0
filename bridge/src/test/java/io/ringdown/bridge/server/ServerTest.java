package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole server on the loopback, with nobody to talk to. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(
                SettingsOf.test(Map.of("listen", "127.0.0.1:0", "admin.listen", "127.0.0.1:0", "max_calls", "2")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldCountWhatCarriersSayWrongly() throws Exception {
        WebSocket stream = stream();
        stream.sendText("rubbish", true).join();
        await().until(() -> metrics()
                .lines()
                .anyMatch(line -> line.startsWith("ringdown_carrier_messages_dropped_total") && line.endsWith(" 1.0")));
        stream.abort();
    }

    @Test
    void shouldTakeEachStreamForACallAndGiveItsPlaceBack() throws Exception {
        WebSocket first = stream();
        WebSocket second = stream();
        assertThat(server.liveCalls()).isEqualTo(2);
        assertThat(metrics()).contains("ringdown_calls_live 2.0");
        HttpResponse<String> webhook = client.send(
                HttpRequest.newBuilder(at("http", server.address(), "/twilio/voice"))
                        .POST(BodyPublishers.ofString("CallSid=CA1"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(webhook.body()).contains("<Reject reason=\"busy\"/>");
        first.abort();
        second.abort();
        await().until(() -> server.liveCalls() == 0);
    }

    @Test
    void shouldLeaveNothingRunningWhenItCannotListen() {
        long before = lanesAndOthers();
        String taken = "127.0.0.1:" + server.address().getPort();
        assertThatThrownBy(() -> Server.start(SettingsOf.test(Map.of("listen", taken, "admin.listen", "127.0.0.1:0"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken);
        await().untilAsserted(() -> assertThat(lanesAndOthers()).isEqualTo(before));
    }

    private static long lanesAndOthers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("lane-.*|hangup|operations.*|model-dns.*"))
                .count();
    }

    @Test
    void shouldKeepOperationsAwayFromTheCarriersAddress() throws Exception {
        for (String path : new String[] {"/metrics", "/health/live", "/"}) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(at("http", server.address(), path))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private WebSocket stream() {
        return client.newWebSocketBuilder()
                .buildAsync(at("ws", server.address(), "/twilio/media"), new WebSocket.Listener() {})
                .join();
    }

    private String metrics() throws Exception {
        URI uri = at("http", server.operationsAddress(), "/metrics");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static URI at(String scheme, InetSocketAddress address, String path) {
        return URI.create(scheme + "://127.0.0.1:" + address.getPort() + path);
    }
}
