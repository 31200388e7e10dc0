package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose log, or whose operators, take nothing: no call may notice. */
class SlowNeighboursIT {
    private static final String DROPPED = "ringdown_log_lines_dropped_total{reason=\"queue_full\"} ";

    private static final int PIPE_BYTES = 64 * 1_024;
    private static final int SHORT_CALLS = 200;

    private SimulatedModel model;
    private SimulatedCarrier carrier;
    private SimulatedRest rest;

    @BeforeEach
    void start() {
        model = SimulatedModel.start(ModelScript.script().greeting(saying("goodbye")));
        carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
        rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
    }

    @AfterEach
    void stop() {
        carrier.close();
        rest.close();
        model.close();
    }

    @Test
    @DisplayName("S57 a log that is not read")
    void shouldDropAndCountWhatCannotBeLogged(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile unread = new RandomAccessFile(log.toFile(), "rw");
                ServeProcess serve = ServeProcess.logging(
                        log, model.uri(), rest.url(), Scene.NO_PROTECTION + Scene.PATIENCE, "--max-calls=300")) {
            unread.write(new byte[PIPE_BYTES - 4_096]);
            playShortCalls(serve);
            await().untilAsserted(() -> assertThat(droppedLines(serve)).isPositive());

            assertPoliteEnd(serve);
            serve.terminate();
            assertThat(serve.exitCode()).isZero();
        }
    }

    private void playShortCalls(ServeProcess serve) throws Exception {
        CallerScript hangsUp = CallerScript.SILENT.at(0, CallerAction.hangUp());
        List<CarrierCall> calls = new ArrayList<>();
        for (int i = 0; i < SHORT_CALLS; i++) {
            calls.add(carrier.place(CallPlan.via(serve.route()).withScript(hangsUp)));
        }
        for (CarrierCall call : calls) {
            call.ending().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("S57 operators who ask and never read, or never finish asking")
    void shouldNotHearOfSlowOperators() throws Exception {
        List<Socket> operators = new ArrayList<>();
        try (ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), Scene.NO_PROTECTION + Scene.PATIENCE)) {
            URI metrics = serve.operations("/metrics");
            for (int i = 0; i < 200; i++) {
                operators.add(ask(metrics, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(5)));
                operators.add(ask(metrics, "GET /metr"));
            }
            assertPoliteEnd(serve);
            assertThat(get(serve.operations("/health/live")).statusCode()).isEqualTo(200);
        } finally {
            for (Socket operator : operators) {
                operator.close();
            }
        }
    }

    private static Socket ask(URI uri, String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1_024);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void assertPoliteEnd(ServeProcess serve) throws Exception {
        CarrierCall call = carrier.place(CallPlan.via(serve.route()));
        call.ending().get(60, TimeUnit.SECONDS);
        Stage.assertHungUpOnceAfterHearing(rest, call, Scene.GOODBYE);
    }

    private static double droppedLines(ServeProcess serve) throws Exception {
        return get(serve.operations("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(DROPPED))
                .mapToDouble(line -> Double.parseDouble(line.substring(DROPPED.length())))
                .sum();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
