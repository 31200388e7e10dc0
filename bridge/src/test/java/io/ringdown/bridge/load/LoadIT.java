package io.ringdown.bridge.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.cli.LoadCommand;
import io.ringdown.bridge.simulator.carrier.Account;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadIT {
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldHangUpEveryCallOnceAndLoseNothing() throws Exception {
        Path json = folder.resolve("figures.json");
        assertThat(run("--calls=20", "--concurrent=10", "--json=" + json))
                .as(out::toString)
                .isZero();
        assertThat(out.toString().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("OK: 20 of 20 calls hung up exactly once, 0 cut off, dead air p50 ");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("ok").asBoolean()).isTrue();
        assertThat(figures.at("/generator/was_the_limit").isBoolean()).isTrue();
        assertThat(figures.path("hung_up_once").asInt()).isEqualTo(20);
        assertThat(figures.at("/uplink_ms/p50").asDouble()).isPositive();
        assertThat(figures.at("/dead_air_ms/p99").asDouble()).isPositive();
    }

    @Test
    void shouldMeasureWhatSteadyCallsCostAndLoseNothing() throws Exception {
        Path json = folder.resolve("steady.json");
        assertThat(run("--calls=4", "--seconds=2", "--json=" + json))
                .as(out::toString)
                .isZero();
        assertThat(out.toString()).contains("OK: 4 of 4 calls stood 2 s; bridge ");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.at("/uplink/frames").asLong()).isGreaterThan(4 * 7 * 50);
        assertThat(figures.at("/downlink/bytes").asLong()).isPositive();
        assertThat(figures.at("/bridge_memory_mib/idle_rss_anon").asDouble()).isPositive();
        assertThat(figures.at("/uplink_ms/p50").asDouble()).isPositive();
        assertThat(figures.at("/generator/late_ms/p99").asDouble()).isPositive();
        for (String none : List.of("/uplink/lost", "/downlink/lost_bytes", "/downlink/wrong_bytes", "/hangups")) {
            assertThat(figures.at(none).asLong(-1)).as(none).isZero();
        }
    }

    @Test
    void shouldHearOutEverySteadyCallAndHangItUpOnce() throws Exception {
        Path json = folder.resolve("goodbyes.json");
        assertThat(run("--calls=4", "--seconds=1", "--settle=1", "--goodbye", "--json=" + json))
                .as(out::toString)
                .isZero();
        assertThat(out.toString()).contains(" 4 hung up exactly once, 0 cut off, dead air p50 ");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.at("/goodbyes/hung_up_once").asInt()).isEqualTo(4);
        assertThat(figures.at("/goodbyes/dead_air_ms/p50").asDouble()).isPositive();
    }

    @Test
    void shouldSpeakTlsOnBothLegs() throws Exception {
        Path json = folder.resolve("tls.json");
        assertThat(run("--calls=2", "--seconds=1", "--tls=" + folder.resolve("tls"), "--json=" + json))
                .as(out::toString)
                .isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("tls").asBoolean()).isTrue();
        assertThat(figures.at("/downlink/bytes").asLong()).isPositive();
        assertThat(folder.resolve("tls/certificate.pem")).exists();
    }

    @Test
    void shouldSayAtOnceThatNoCallComesThrough() throws IOException {
        String nobody = "ws://127.0.0.1:" + freePort() + "/twilio/media";
        int exitCode = run(
                "--calls=2",
                "--seconds=1",
                "--url=" + nobody,
                "--model-port=" + freePort(),
                "--rest-port=" + freePort());
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString()).contains("no call came through to the model").contains("CONNECT_FAILED");
    }

    /** Nobody is there to hang up. */
    @Test
    void shouldExitWithOneWhenAHangupIsMissed() throws IOException {
        String bridge = "http://127.0.0.1:" + freePort() + "/twilio/voice";
        int exitCode = run("--calls=3", "--url=" + bridge, "--model-port=" + freePort(), "--rest-port=" + freePort());
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString()).containsPattern("hung up never +3").contains("FAILED: 0 of 3");
    }

    /** What SIGKILL does to us, the bridge feels as the end of its input. */
    @Test
    void shouldNotLeaveABridgeBehind() throws Exception {
        URI nobody = URI.create("ws://127.0.0.1:" + freePort());
        URI rest = URI.create("http://127.0.0.1:" + freePort());
        Account account = new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");
        List<String> command = BridgeProcess.command(
                new BridgeProcess.Neighbours("https://voice.example.com", nobody, rest, account, Optional.empty()), 1);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("TWILIO_ACCOUNT_SID", account.sid());
        builder.environment().put("TWILIO_AUTH_TOKEN", account.authToken());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process bridge = builder.start();
        try {
            assertThat(bridge.inputReader().readLine()).startsWith("listening on ");
            try (OutputStream input = bridge.getOutputStream()) {
                input.write('\n'); // input alone does not end it
                input.flush();
                assertThat(bridge.isAlive()).isTrue();
            }
            assertThat(bridge.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            bridge.destroyForcibly();
        }
    }

    private int run(String... arguments) {
        return new CommandLine(new LoadCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
