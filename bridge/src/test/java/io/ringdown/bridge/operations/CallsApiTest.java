package io.ringdown.bridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.operations.api.HeardLog;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of calls and do to them, asked over real sockets. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallsApiTest {
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StandingCalls calls = new StandingCalls(8);
    private final Metrics metrics = new Metrics(calls.admission, calls.hangups, List.of(calls.lane));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    private OperationsServer server;

    @AfterEach
    void stop() throws Exception {
        server.close();
        metrics.close();
        calls.close();
    }

    // what can be seen

    @Test
    void shouldShowLiveCallsWithStateAndAge() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        JsonNode answer = json(get("/api/calls"));
        assertThat(answer.get("live").asInt()).isEqualTo(1);
        assertThat(answer.get("capacity").asInt()).isEqualTo(8);
        assertThat(answer.get("draining").asBoolean()).isFalse();
        assertThat(answer.get("drain").isNull()).isTrue();
        JsonNode call = answer.get("calls").get(0);
        assertThat(call.get("call_sid").asText()).isEqualTo("CA1");
        assertThat(call.get("lane").asText()).isEqualTo("lane-0");
        assertThat(call.get("state").asText()).isEqualTo("talking");
        assertThat(call.get("turn").asText()).isEqualTo("listening");
        assertThat(call.get("agent").asText()).isEqualTo("default");
        assertThat(call.get("opened_at").asText()).matches("20\\d\\d-.*Z");
        assertThat(call.get("age_s").asInt()).isBetween(0, 59);
    }

    @Test
    void shouldShowNothingOfACallThatIsOverButItsEnd() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        post("/api/calls/CA1/hangup", "{}");
        await().until(() -> json(get("/api/calls")).get("calls").isEmpty());
        await().until(() -> get("/api/calls/CA1").statusCode() == 200
                && json(get("/api/calls/CA1")).get("call").has("reason"));
        JsonNode call = json(get("/api/calls/CA1")).get("call");
        assertThat(call.get("reason").asText()).isEqualTo("operator");
        assertThat(call.get("duration_ms").asLong()).isNotNegative();
    }

    @Test
    void shouldShowOneCallWithItsTimeline() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        JsonNode live = json(get("/api/calls/CA1"));
        assertThat(live.get("call").get("state").asText()).isEqualTo("talking");
        assertThat(live.get("timeline").isNull()).isTrue();
        JsonNode remembered = json(get("/api/calls/CAtimeline"));
        assertThat(remembered.get("call").isNull()).isTrue();
        assertThat(remembered.get("timeline").get("call_sid").asText()).isEqualTo("CAtimeline");
        assertThat(remembered.get("record").isNull()).isTrue();
    }

    @Test
    void shouldShowTheRecordOfACallThatEnded() throws Exception {
        start(Optional.empty());
        JsonNode recorded = json(get("/api/calls/CArecord"));
        assertThat(recorded.get("record").get("call_sid").asText()).isEqualTo("CArecord");
        assertThat(recorded.get("call").isNull()).isTrue();
    }

    @Test
    void shouldNotLookForTheRecordOfACallThatLives() throws Exception {
        start(Optional.empty());
        calls.place("CArecord");
        JsonNode live = json(get("/api/calls/CArecord"));
        assertThat(live.get("call").get("state").asText()).isEqualTo("talking");
        assertThat(live.get("record").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/calls/CA9", "/api/calls/..%2f..%2fetc", "/api/calls/", "/api/nothing", "/api/calls/a/b"})
    void shouldNotKnowOtherThings(String path) throws Exception {
        start(Optional.empty());
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).has("error")).isTrue();
    }

    @Test
    void shouldAnswerThoughALaneStandsStill() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        get("/api/calls");
        calls.standStill(true);
        assertThat(json(get("/api/calls")).get("live").asInt()).isEqualTo(1);
        calls.standStill(false);
    }

    // hanging up

    @Test
    void shouldHangUpExactlyTheCallThatIsNamed() throws Exception {
        start(Optional.empty());
        CallAddress first = calls.place("CA1");
        CallAddress second = calls.place("CA2");
        HttpResponse<String> response = post("/api/calls/CA1/hangup", "{\"polite\": false}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).contains("\"call_sid\":\"CA1\"").contains("\"polite\":false");
        await().until(() -> first.latch().state() == HangupLatch.State.DONE);
        assertThat(first.latch().reason()).isEqualTo(HangupReason.OPERATOR);
        assertThat(second.latch().state()).isEqualTo(HangupLatch.State.OPEN);
    }

    @Test
    void shouldEndACallPolitelyWhenAsked() throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        assertThat(post("/api/calls/CA1/hangup", "{\"polite\": true}").statusCode())
                .isEqualTo(202);
        await().until(() -> call.latch().state() == HangupLatch.State.DONE);
        assertThat(call.latch().reason()).isEqualTo(HangupReason.OPERATOR);
    }

    @Test
    void shouldSayThatThereIsNoSuchCall() throws Exception {
        start(Optional.empty());
        assertThat(post("/api/calls/CA9/hangup", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayThatTheCallIsEndingAlready() throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        calls.standStill(true);
        call.latch().claim(HangupReason.BOT_GOODBYE_BYE_ONLY, 1);
        assertThat(post("/api/calls/CA1/hangup", "{}").statusCode()).isEqualTo(409);
        assertThat(call.latch().reason()).isEqualTo(HangupReason.BOT_GOODBYE_BYE_ONLY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldClaimTheCallOfALaneThatDoesNotAnswer(boolean polite) throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        calls.standStill(true);
        assertThat(post("/api/calls/CA1/hangup", "{\"polite\": " + polite + "}").statusCode())
                .isEqualTo(202);
        await().until(() -> call.latch().state() == HangupLatch.State.DONE);
        assertThat(call.latch().reason()).isEqualTo(HangupReason.OPERATOR);
        await().until(() -> calls.hungUp.get() == 1);
        calls.standStill(false);
        await().until(() -> calls.admission.calls() == 0);
        assertThat(calls.hungUp).as("hung up once").hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | [true]             | 400",
                "application/json | {\"polite\": 1}    | 400",
                "application/json | {\"polite\": null} | 400",
                "application/json | {\"loud\": true}   | 400",
                "application/json | ``                 | 400",
                "application/json | {                  | 400",
                "text/plain       | {\"polite\": true} | 415",
                "application/x-www-form-urlencoded | polite=true | 415",
            })
    void shouldDoNothingForABodyThatIsNotRight(String type, String body, int status) throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        HttpResponse<String> response = client.send(
                request("/api/calls/CA1/hangup")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).isNotBlank();
        assertThat(call.latch().state()).isEqualTo(HangupLatch.State.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/calls, POST, 'GET, HEAD'",
        "/api/calls/CA1, DELETE, 'GET, HEAD'",
        "/api/calls/CA1/hangup, GET, POST",
        "/api/drain, GET, POST",
        "/api/drain, PUT, POST",
        "/api/events, POST, GET",
        "/api/events, HEAD, GET"
    })
    void shouldOnlyTakeTheMethodThatIsMeant(String path, String method, String allowed) throws Exception {
        start(Optional.empty());
        HttpResponse<String> response = client.send(
                request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
        assertThat(calls.drained).hasNullValue();
    }

    // draining

    @Test
    void shouldDrainOnce() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        HttpResponse<String> response = post("/api/drain", "{}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).contains("\"draining\":true").contains("\"live\":1");
        JsonNode drain = json(get("/api/calls")).get("drain");
        assertThat(drain.get("stage").asText()).isEqualTo("finishing");
        assertThat(drain.get("calls_left").asInt()).isEqualTo(1);
        assertThat(drain.get("ms_to_limit").asInt()).isEqualTo(60_000);
        assertThat(drain.get("since").asText()).matches("20\\d\\d-.*Z");
        assertThat(post("/api/drain", "{}").statusCode()).isEqualTo(202);
        assertThat(json(get("/api/calls")).get("drain").get("since")).isEqualTo(drain.get("since"));
    }

    // who may

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer let-me-i", "Bearer let-me-inn", "bearer let-me-in", "Basic bGV0", "Bearer "})
    void shouldRefuseEverythingWithoutTheToken(String authorization) throws Exception {
        start(Optional.of(new Secret("let-me-in")));
        CallAddress call = calls.place("CA1");
        for (String path : List.of("/api/calls", "/api/calls/CA1", "/api/events", "/api/nothing", "/metrics")) {
            HttpResponse<String> response =
                    client.send(authorized(path, authorization).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(response.body()).doesNotContain("CA1");
        }
        for (String path : List.of("/api/calls/CA1/hangup", "/api/drain")) {
            HttpResponse<String> response = client.send(
                    authorized(path, authorization)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isEqualTo(401);
        }
        assertThat(call.latch().state()).isEqualTo(HangupLatch.State.OPEN);
        assertThat(calls.drained).hasNullValue();
    }

    @Test
    void shouldAnswerTheBearerOfTheTokenUnderAnyName() throws Exception {
        start(Optional.of(new Secret("let-me-in")));
        calls.place("CA1");
        assertThat(raw("GET /api/calls HTTP/1.1\r\nHost: ops.example.com\r\nAuthorization: Bearer let-me-in\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("CA1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:1", "127.0.0.1", "127.0.0.1:9090", "[::1]:9090", "LOCALHOST:9090"})
    void shouldKnowItsOwnNames(String host) throws Exception {
        start(Optional.empty());
        assertThat(raw("GET /api/calls HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:9090", "127.0.0.1.nip.io", "10.0.0.1", "", "[::1"})
    void shouldRefuseNamesThatSomebodyElseGaveIt(String host) throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        for (String path : List.of("/", "/api/calls", "/metrics")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 421 ");
        }
        assertThat(raw("POST /api/calls/CA1/hangup HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(call.latch().state()).isEqualTo(HangupLatch.State.OPEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: http://127.0.0.1:1",
                "Origin: null",
                "Origin: 127.0.0.1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void shouldRefuseRequestsThatPagesOfOtherSitesMake(String header) throws Exception {
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        String[] parts = header.split(": ");
        for (String path : List.of("/api/calls", "/api/events", "/metrics")) {
            HttpResponse<String> response =
                    client.send(request(path).header(parts[0], parts[1]).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isEqualTo(403);
        }
        HttpResponse<String> response = client.send(
                request("/api/calls/CA1/hangup")
                        .header(parts[0], parts[1])
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(call.latch().state()).isEqualTo(HangupLatch.State.OPEN);
    }

    @Test
    void shouldAnswerItsOwnPage() throws Exception {
        start(Optional.empty());
        calls.place("CA1");
        HttpResponse<String> response = client.send(
                request("/api/calls/CA1/hangup")
                        .header("Origin", "http://127.0.0.1:" + server.address().getPort())
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/calls", "/metrics", "/nothing"})
    void shouldTellBrowsersToKeepItToThemselves(String path) throws Exception {
        start(Optional.empty());
        HttpResponse<String> response = get(path);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    // what is remembered of it

    @Test
    void shouldRememberWhoDidWhatWhenAndWhatCameOfIt() throws Exception {
        start(Optional.of(new Secret("let-me-in")));
        calls.place("CA1");
        act("/api/calls/CA1/hangup", "{\"polite\": true}");
        act("/api/calls/CA9/hangup", "{}");
        act("/api/drain", "{}");
        act("/api/drain", "{}");
        post("/api/drain", "{}");
        Path file = directory.resolve("journal").resolve("audit.jsonl");
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() >= 4);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"by\":\"token\"")
                        .containsPattern("\"from\":\"127.0.0.1:\\d+\"")
                        .containsPattern("\"at\":\"20\\d\\d-.*Z\"")
                        .doesNotContain("let-me-in"));
        assertThat(lines.get(0))
                .contains("\"action\":\"hangup\",\"call_sid\":\"CA1\",\"polite\":true,\"result\":\"accepted\"");
        assertThat(lines.get(1)).contains("\"call_sid\":\"CA9\",\"polite\":false,\"result\":\"no_such_call\"");
        assertThat(lines.get(2)).contains("\"action\":\"drain\",\"result\":\"accepted\"");
        assertThat(lines.get(3)).contains("\"action\":\"drain\",\"result\":\"already_draining\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/calls", "/api/events"})
    void shouldSayInTheLogThatSomebodyGuessesTheToken(String path) throws Exception {
        start(Optional.of(new Secret("let-me-in")));
        try (HeardLog log = new HeardLog("audit")) {
            client.send(authorized(path, "Bearer let-me-on").build(), BodyHandlers.ofString());
            await().untilAsserted(() -> assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("[OPERATOR] action=" + path + " result=Unauthorized by=nobody from=127.0.0.1:")
                    .doesNotContain("let-me"));
        }
    }

    @Test
    void shouldSayInTheLogThatItWasAskedForUnderANameOfSomebodyElse() throws Exception {
        start(Optional.empty());
        try (HeardLog log = new HeardLog("audit")) {
            raw("GET /api/calls HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            await().untilAsserted(() -> assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("[OPERATOR] action=/api/calls result=Misdirected Request by=nobody"));
        }
    }

    @Test
    void shouldHangUpThoughNothingCanBeWritten() throws Exception {
        Files.writeString(directory.resolve("journal"), "in the way");
        start(Optional.empty());
        CallAddress call = calls.place("CA1");
        assertThat(post("/api/calls/CA1/hangup", "{}").statusCode()).isEqualTo(202);
        await().until(() -> call.latch().state() == HangupLatch.State.DONE);
    }

    @Test
    void shouldHaveWrittenWhatWasDoneWhenItClosesThoughATimelineIsStillBeingRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        start(Optional.empty(), callSid -> {
            reading.countDown();
            awaitUninterruptibly(told);
            return Optional.empty();
        });
        client.sendAsync(request("/api/calls/CA1").build(), BodyHandlers.discarding());
        reading.await();
        for (int i = 0; i < 100; i++) { // more than there is room for reads
            post("/api/calls/CA9/hangup", "{}");
        }
        server.close();
        assertThat(Files.readAllLines(directory.resolve("journal").resolve("audit.jsonl")))
                .hasSize(100);
        told.countDown();
    }

    /** As a read does that a disk keeps. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                latch.await();
                interrupted = false;
            } catch (InterruptedException again) {
                // it cannot be woken
            }
        }
    }

    // odd connections

    @Test
    void shouldDropWhoAsksWithoutReading() throws Exception {
        start(Optional.empty());
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(server.address());
            byte[] request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                        while (true) {
                            socket.getOutputStream().write(request);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    private void start(Optional<Secret> token) throws IOException {
        start(token, StandingCalls::timeline);
    }

    private void start(Optional<Secret> token, Function<String, Optional<String>> timelines) throws IOException {
        Health health = new Health(() -> true, calls.admission);
        server = OperationsServer.start(
                ANY_PORT,
                token,
                health,
                metrics,
                calls.controls(Optional.of(directory.resolve("journal").resolve("audit.jsonl")), timelines));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpRequest.Builder authorized(String path, String authorization) {
        return authorization.isEmpty() ? request(path) : request(path).header("Authorization", authorization);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void act(String path, String body) throws Exception {
        client.send(
                authorized(path, "Bearer let-me-in")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(response.body());
    }

    /** All that comes back before the server closes. */
    private String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
