package io.ringdown.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.server.RaisedSignals;
import io.ringdown.bridge.settings.Key;
import io.ringdown.bridge.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line in this process: what it prints, and how it exits. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingdownTest {
    private static final String ENOUGH = """
            listen: 127.0.0.1:0
            lanes: 1
            max_calls: 2
            journal_dir: ""
            admin:
              listen: 127.0.0.1:0
            model:
              url: ws://127.0.0.1:9
            twilio:
              validate_signature: false
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RaisedSignals process;

    @BeforeEach
    void keepTheSignalsOfThisProcess() throws Exception {
        process = new RaisedSignals();
    }

    @AfterEach
    void giveThemBack() throws Exception {
        process.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void shouldHelp(String flag) {
        assertThat(run(flag)).isZero();
        assertThat(out.toString()).startsWith("Usage: ringdown").contains("serve", "--help", "--version");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void shouldTellItsVersion(String flag) {
        assertThat(run(flag)).isZero();
        assertThat(out.toString()).startsWith("ringdown ");
    }

    @Test
    void shouldDescribeEveryFlagOfServe() {
        assertThat(run("serve", "--help")).isZero();
        for (Key<?> key : Settings.keys()) {
            key.flag().ifPresent(flag -> assertThat(out.toString()).contains(flag + "=VALUE"));
            key.flag()
                    .flatMap(any -> key.variable())
                    .ifPresent(variable -> assertThat(out.toString()).contains("(" + variable + ")"));
        }
        assertThat(out.toString()).doesNotContain("--api-key", "--auth-token", "--admin-token");
    }

    @Test
    void shouldWantACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("which command?").contains("Usage: ringdown");
    }

    @Test
    void shouldNotKnowEveryCommand() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString()).contains("sevre");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lisen=1", "--log-level=LOUD", "--config", "more"})
    void shouldRefuseBadUsage(String argument) {
        assertThat(run("serve", argument)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayOneLineForEachThingThatIsWronglySet() throws IOException {
        Path file = config(ENOUGH + "drian: playback\nlimits:\n  lead_ms: soon\n");
        assertThat(run("serve", "--config", file.toString(), "--lanes", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("ringdown: "))
                .anySatisfy(line -> assertThat(line).contains("drian"))
                .anySatisfy(line -> assertThat(line).contains("lead_ms"))
                .anySatisfy(line -> assertThat(line).contains("--lanes"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(run("serve", "--config", directory.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("none.yaml");
    }

    @Test
    void shouldFailInOneLineWhenItsAddressIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            for (String flag : new String[] {"--listen", "--admin-listen"}) {
                assertThat(run("serve", "--config", config(ENOUGH).toString(), flag, address))
                        .isEqualTo(1);
            }
            assertThat(err.toString().lines())
                    .containsExactly(
                            "ringdown: cannot listen on " + address + ": address already in use",
                            "ringdown: cannot listen on " + address + ": address already in use");
        }
    }

    @Test
    void shouldRefuseInOneLineAClipThatCannotBeRead() throws IOException {
        Path clip = Files.createFile(directory.resolve("bye.wav"));
        Path file = config(ENOUGH + "agent:\n  clips:\n    goodbye: " + clip + "\n");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("ringdown: " + clip + ": empty file");
    }

    @Test
    void shouldServeUntilToldToStopAndExitWithNothingWrong() throws Exception {
        Path file = config(ENOUGH);
        CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> run("serve", "-c", file.toString()));
        await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().contains("ready for 2 calls on 1 lanes"));
        Matcher operators =
                Pattern.compile("on (127\\.0\\.0\\.1:\\d+) for operators").matcher(out.toString());
        assertThat(operators.find()).isTrue();
        URI ready = URI.create("http://" + operators.group(1) + "/health/ready");
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("ready\n");
        process.raise("TERM");
        assertThat(served).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(0);
        assertThat(out.toString().lines())
                .contains("stopping: no new calls, 0 live")
                .endsWith("stopped");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldCheckAConfigurationAndSayWhereItComesFrom() throws IOException {
        Path file = config(ENOUGH + "agents: {sales: {voice: cedar}}\n");
        assertThat(run("check", "--config", file.toString(), "--lanes", "2")).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll("(?<=\\S) +# ", " # ")))
                .contains(
                        "lanes: 2 # --lanes",
                        "max_calls: 2 # " + file + ":3",
                        "tick_ms: 10 # default",
                        "    voice: cedar # " + file + ":" + (ENOUGH.lines().count() + 1));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldCheckWhatServeWouldRefuse() throws IOException {
        Path clip = Files.createFile(directory.resolve("bye.wav"));
        Path file = config(ENOUGH + "agents: {sales: {clips: {goodbye: " + clip + "}}}\n");
        assertThat(run("check", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("ringdown: " + clip + ": empty file");

        assertThat(run("check", "--config", file.toString(), "--lanes", "0", "--drain", "ears"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("--drain: not playback or queues"));
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... args) {
        CommandLine ringdown = Ringdown.commandLine(args);
        ringdown.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return ringdown.execute(args);
    }

    private Path config(String yaml) throws IOException {
        return Files.writeString(directory.resolve("ringdown.yaml"), yaml);
    }
}
