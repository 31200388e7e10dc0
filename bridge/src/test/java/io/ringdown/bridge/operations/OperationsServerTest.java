package io.ringdown.bridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.bridge.operations.api.AuditLog;
import io.ringdown.bridge.operations.api.Controls;
import io.ringdown.bridge.operations.api.EndedCalls;
import io.ringdown.bridge.settings.HostAndPort;
import io.ringdown.bridge.settings.Secret;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationsServerTest {
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);
    private static final Optional<Secret> TOKEN = Optional.of(new Secret("let-me-in"));
    private static final LaneSettings SIZES = new LaneSettings(64, 2, 64, 8, 16_000, 16_000);

    private final Admission admission = new Admission(2);
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final HangupExecutor hangups = new HangupExecutor(Optional.empty(), worker, (call, report) -> {});
    private final Lane lane = new Lane("lane-0", SIZES, () -> 0, hangups, () -> {});
    private final Metrics metrics = new Metrics(admission, hangups, List.of(lane));
    private final HttpClient client = HttpClient.newHttpClient();

    private volatile boolean lanesAlive = true;
    private OperationsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        metrics.close();
        worker.shutdownNow();
    }

    @Test
    void shouldSayThatItLivesAndIsReady() throws Exception {
        start(Optional.empty());
        assertThat(get("/health/live").body()).isEqualTo("live\n");
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ready\n");
        assertThat(ready.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void shouldNotBeReadyAtCapacityYetLive() throws Exception {
        start(Optional.empty());
        admission.enter();
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        admission.enter();
        assertUnready("at capacity");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        admission.leave();
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBeReadyWhileDrainingYetLive() throws Exception {
        start(Optional.empty());
        admission.drain();
        assertUnready("draining");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNeitherLiveNorBeReadyWithoutALane() throws Exception {
        start(Optional.empty());
        lanesAlive = false;
        assertUnready("a lane has stopped");
        HttpResponse<String> live = get("/health/live");
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).isEqualTo("a lane has stopped\n");
    }

    @Test
    void shouldShowMetricsInTheFormatOfPrometheus() throws Exception {
        start(Optional.empty());
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body().lines())
                .allSatisfy(line -> assertThat(line)
                        .matches("# (HELP|TYPE) [a-z_:][a-z0-9_:]* .*"
                                + "|[a-z_:][a-z0-9_:]*(\\{([a-z_]+=\"[^\"]*\",?)+})? (-?[0-9.]+(E-?[0-9]+)?|NaN)"));
    }

    @Test
    void shouldTellOnlyTheBearerOfTheTokenWhatIsCounted() throws Exception {
        start(TOKEN);
        HttpResponse<String> refused = get("/metrics");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(refused.body()).doesNotContain("ringdown_");
        assertThat(get("/metrics", "Bearer let-me-in").statusCode()).isEqualTo(200);
        assertThat(get("/metrics", "Bearer let-me-in").body()).contains("ringdown_calls_live");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer let-me-i",
                "Bearer let-me-inn",
                "bearer let-me-in",
                "let-me-in",
                "Basic bGV0",
                "Bearer ",
                "Bearer"
            })
    void shouldRefuseAnyOtherToken(String authorization) throws Exception {
        start(TOKEN);
        assertThat(get("/metrics", authorization).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldTellAnybodyHowItIs() throws Exception {
        start(TOKEN);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live/", "/health/live/x", "/metric", "/twilio/voice", "/%7Ametrics"})
    void shouldHaveNothingElse(String path) throws Exception {
        start(Optional.empty());
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotStumbleOverAPathThatCannotBeDecoded() throws Exception {
        start(Optional.empty());
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void shouldIgnoreAQuery() throws Exception {
        start(Optional.empty());
        assertThat(get("/health/live?verbose=1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerAHeadWithoutABody() throws Exception {
        start(Optional.empty());
        assertThat(raw("HEAD /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("content-length: 5")
                .endsWith("\r\n\r\n");
        admission.drain();
        assertThat(raw("HEAD /health/ready HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void shouldOnlyBeRead(String method) throws Exception {
        start(Optional.empty());
        HttpResponse<String> response = client.send(
                request("/health/live")
                        .method(method, BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void shouldRefuseWhatIsNoRequest() throws Exception {
        start(Optional.empty());
        assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /health/live HTTP/1.1\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 16385\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayInOneLineThatItsAddressIsTaken() throws Exception {
        start(Optional.empty());
        HostAndPort taken = new HostAndPort("127.0.0.1", server.address().getPort());
        assertThatThrownBy(() -> OperationsServer.start(taken, Optional.empty(), health(), metrics, controls()))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on " + taken + ": address already in use");
    }

    @Test
    void shouldSayInOneLineThatNobodyKnowsItsHost() {
        HostAndPort unknown = new HostAndPort("ringdown.invalid", 9090);
        assertThatThrownBy(() -> OperationsServer.start(unknown, Optional.empty(), health(), metrics, controls()))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on ringdown.invalid:9090: unknown host");
    }

    @Test
    void shouldFreeItsAddressWhenClosed() throws Exception {
        start(Optional.empty());
        HostAndPort address = new HostAndPort("127.0.0.1", server.address().getPort());
        server.close();
        server = OperationsServer.start(address, Optional.empty(), health(), metrics, controls());
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCountWhatIsAdmitted() {
        admission.enter();
        admission.enter();
        admission.enter();
        assertThat(metrics.scrape().lines())
                .contains(
                        "ringdown_calls_live 2.0",
                        "ringdown_calls_capacity 2.0",
                        "ringdown_calls_refused_total{reason=\"capacity\"} 1.0");
    }

    @Test
    void shouldCountEveryReasonAndEveryCounterOfALane() {
        String scraped = metrics.scrape();
        for (HangupReason reason : HangupReason.values()) {
            assertThat(scraped.lines())
                    .contains("ringdown_hangups_total{drain=\"mark\",reason=\"" + reason.logName() + "\"} 0.0")
                    .contains("ringdown_hangups_total{drain=\"none\",reason=\"" + reason.logName() + "\"} 0.0");
        }
        for (LaneCounter counter : LaneCounter.values()) {
            assertThat(scraped)
                    .contains(
                            "ringdown_lane_" + counter.name().toLowerCase(Locale.ROOT) + "_total{lane=\"lane-0\"} 0.0");
        }
        assertThat(scraped)
                .contains("ringdown_rest_hangups_confirmed_total 0.0")
                .contains("ringdown_rest_hangups_failed_total 0.0")
                .contains("ringdown_calls{lane=\"lane-0\",state=\"talking\"} 0.0")
                .contains("ringdown_lane_frames_lent{lane=\"lane-0\",pool=\"uplink\"} 0.0")
                .contains("ringdown_audio_dropped_bytes_total{reason=\"out_full\"} 0.0")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_gc_")
                .contains("process_files_open_files");
    }

    @Test
    void shouldShowWhatOthersCount() {
        metrics.count("ringdown.model.events", "what models did", "kind", "odd", () -> 7);
        metrics.count("ringdown.model.events", "what models did", "kind", "even", () -> 8);
        assertThat(metrics.scrape().lines())
                .contains(
                        "ringdown_model_events_total{kind=\"odd\"} 7.0",
                        "ringdown_model_events_total{kind=\"even\"} 8.0");
    }

    @Test
    void shouldGoOnShowingWhatNobodyElseRemembers() {
        AtomicLong counted = new AtomicLong(7);
        metrics.count("ringdown.model.events", "what models did", "kind", "odd", counted::get);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });
        counted.set(8);
        assertThat(metrics.scrape().lines()).contains("ringdown_model_events_total{kind=\"odd\"} 8.0");
    }

    private void start(Optional<Secret> token) throws IOException {
        server = OperationsServer.start(ANY_PORT, token, health(), metrics, controls());
    }

    private Controls controls() {
        return new Controls(
                admission,
                new CallRegistry(),
                hangups,
                List.of(lane),
                new EndedCalls(),
                () -> false,
                Optional::empty,
                callSid -> Optional.empty(),
                callSid -> Optional.empty(),
                new AuditLog(Optional.empty()));
    }

    private Health health() {
        return new Health(() -> lanesAlive, admission);
    }

    private void assertUnready(String why) throws Exception {
        HttpResponse<String> response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(why + "\n");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return client.send(request(path).header("Authorization", authorization).build(), BodyHandlers.ofString());
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
