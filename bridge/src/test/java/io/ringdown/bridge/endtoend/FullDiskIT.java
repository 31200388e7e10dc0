package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose outputs cannot be written: it takes calls, ends them politely, and stops when told. */
class FullDiskIT {
    /** Room for the segments of one lane, and little more. */
    private static final int DISK_MIB = 16;

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

    /** {@code /dev/full} refuses every byte as a full disk does. */
    @ParameterizedTest
    @ValueSource(strings = {">/dev/full 2>/dev/full", ">&- 2>&-"})
    void shouldServeThoughNothingCanBeWritten(String redirections) throws Exception {
        try (Server server = Server.started(model.uri(), rest.url(), redirections)) {
            assertPoliteEnd(server.carrier);
            server.process.terminate();
            assertThat(server.process.exitCode()).isZero();
        }
    }

    @Test
    void shouldStopThoughNobodyReadsItsOutput(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("out");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw");
                Server server = Server.started(model.uri(), rest.url(), ">" + pipe)) {
            fill(unread);
            assertPoliteEnd(server.carrier);
            server.process.terminate();
            assertThat(server.process.exitCode()).isZero();
        }
    }

    @Test
    void shouldSayWhatItCouldNotKeepAndGoOn(@TempDir Path journal) throws Exception {
        String configuration = Scene.NO_PROTECTION + Scene.PATIENCE + "webhook: {url: 'http://127.0.0.1:9/records'}\n";
        try (ServeProcess serve = ServeProcess.withFilesUpTo(
                0, model.uri(), rest.url(), configuration, "--log-level=INFO", "--journal-dir=" + journal)) {
            assertPoliteEnd(serve.route().address());
            await().untilAsserted(() -> assertThat(metrics(serve))
                    .contains(
                            "ringdown_records_total{what=\"write_failed\"} 1.0",
                            "ringdown_records_total{what=\"outbox_failed\"} 1.0")
                    .anyMatch(line -> line.startsWith("ringdown_journal_events_lost_total") && !line.endsWith(" 0.0")));
            assertPoliteEnd(serve.route().address());
            serve.terminate();
            assertThat(serve.exitCode()).isZero();
            assertThat(serve.lines.stream().filter(line -> line.contains("call records cannot be written")))
                    .as("said once")
                    .hasSize(1);
            await().untilAsserted(() -> assertThat(serve.lines)
                    .anyMatch(line -> line.contains("[OPERATOR] action=") && !line.contains("not written to "))
                    .anyMatch(line -> line.contains("[OPERATOR] action=") && line.contains("not written to ")));
        }
    }

    @Test
    void shouldServeOnADiskThatFillsUpAndWriteAgainWhereThereIsRoom(@TempDir Path disk) throws Exception {
        assumeTrue(ServeProcess.canMount(), "no file system of one's own here");
        String configuration = Scene.NO_PROTECTION + Scene.PATIENCE + "lanes: 1\n";
        try (ServeProcess serve = ServeProcess.onADiskOf(
                DISK_MIB,
                disk,
                model.uri(),
                rest.url(),
                configuration,
                "--log-level=INFO",
                "--journal-dir=" + disk.resolve("journal"))) {
            assertPoliteEnd(serve.route().address());
            Path filler = serve.through(disk.resolve("filler"));
            assertThatThrownBy(() -> fill(filler)).hasMessageContaining("No space left on device");
            for (int call = 0; call < 2; call++) { // the last page of a file may have room for one record more
                assertPoliteEnd(serve.route().address());
            }
            serve.awaitLine("call records cannot be written");
            assertThat(serve.lines).noneMatch(line -> line.contains("can be written again"));

            Files.delete(filler);
            assertPoliteEnd(serve.route().address());
            serve.awaitLine("call records can be written again");
            serve.terminate();
            assertThat(serve.exitCode()).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4_096];
            for (int pages = 0; pages <= DISK_MIB * 256; pages++) {
                out.write(page);
            }
        }
    }

    private static List<String> metrics(ServeProcess serve) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(serve.operations("/metrics")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .toList();
    }

    /** Until a byte more would wait, and with somebody waiting. */
    private static void fill(RandomAccessFile pipe) {
        AtomicLong written = new AtomicLong();
        Thread filler = new Thread(
                () -> {
                    try {
                        while (true) {
                            pipe.write('.');
                            written.incrementAndGet();
                        }
                    } catch (IOException closed) {
                        // the test is over
                    }
                },
                "filler");
        filler.setDaemon(true);
        filler.start();
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(() -> before.getAndSet(written.get()) == written.get() && written.get() > 0);
    }

    private void assertPoliteEnd(InetSocketAddress server) throws Exception {
        CarrierCall call = carrier.place(CallPlan.via(ServeProcess.route(server)));
        call.ending().get(60, TimeUnit.SECONDS);
        Stage.assertHungUpOnceAfterHearing(rest, call, Scene.GOODBYE);
    }

    /** One that cannot say where it listens. */
    private record Server(ServeProcess process, InetSocketAddress carrier) implements AutoCloseable {
        static Server started(URI model, URI rest, String redirections) throws Exception {
            int port = freePort();
            int operations = freePort();
            ServeProcess process = ServeProcess.redirected(
                    redirections,
                    model,
                    rest,
                    Scene.NO_PROTECTION + Scene.PATIENCE,
                    "--log-level=DEBUG",
                    "--listen=127.0.0.1:" + port,
                    "--admin-listen=127.0.0.1:" + operations);
            URI ready = URI.create("http://127.0.0.1:" + operations + "/health/ready");
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> HttpClient.newHttpClient()
                                    .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            return new Server(process, new InetSocketAddress("127.0.0.1", port));
        }

        private static int freePort() throws IOException {
            try (ServerSocket any = new ServerSocket(0)) {
                return any.getLocalPort();
            }
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
