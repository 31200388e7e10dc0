package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.journal.Timeline;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import io.ringdown.engine.journal.Replay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of the packaged server: beside it, after it, after its death, and where it cannot be written. */
class JournalIT {
    private static final String PROTECTED = "lanes: 1\nagent: {greeting_protection: true}\n";
    private static final String GOODBYE = "lanes: 1\nagent: {greeting_protection: false}\n";

    @TempDir
    private Path directory;

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

    private ServeProcess serve(String configuration) throws IOException {
        return ServeProcess.start(model.uri(), rest.url(), configuration, "--journal-dir=" + directory);
    }

    private CarrierCall talking(ServeProcess serve) {
        CarrierCall call = carrier.place(CallPlan.via(serve.route()));
        await().atMost(Duration.ofSeconds(30)).until(() -> call.heardBytes() > 0);
        return call;
    }

    private Timeline timeline(CarrierCall call) throws IOException {
        return Timeline.of(directory, call.callSid()).orElseThrow();
    }

    private static List<String> kinds(Timeline call) {
        return call.moments().stream().map(Timeline.Moment::name).toList();
    }

    @Test
    void shouldTellOfACallWhileItLivesAndAfterItsServerWasKilled() throws Exception {
        CarrierCall call;
        try (ServeProcess serve = serve(PROTECTED)) {
            call = talking(serve);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !timeline(call).modelAudio().isEmpty());
            Timeline live = timeline(call);
            assertThat(live.live()).isTrue();
            assertThat(live.complete()).isTrue();
            assertThat(live.end().reason()).isNull();
            assertThat(live.agent()).isEqualTo("default");
            assertThat(get(serve.operations("/api/calls/" + call.callSid())))
                    .contains("\"timeline\":{\"call_sid\":\"" + call.callSid());
            assertThat(Replay.of(directory).differences()).isEmpty();
        } // SIGKILL
        await().until(() -> !timeline(call).live());
        Timeline dead = timeline(call);
        assertThat(dead.complete()).isFalse();
        assertThat(kinds(dead)).contains("call_started", "session_confirmed", "audio_delta");
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.damages()).isEmpty();
        assertThat(report.cut()).isEqualTo(1);
    }

    @Test
    void shouldTellWhichConditionEndedACallAndReplayIt() throws Exception {
        CarrierCall call;
        try (ServeProcess serve = serve(GOODBYE)) {
            call = carrier.place(CallPlan.via(serve.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            serve.terminate();
            assertThat(serve.exitCode()).isZero();
        }
        Timeline ended = timeline(call);
        assertThat(ended.complete()).isTrue();
        assertThat(ended.live()).isFalse();
        assertThat(ended.end().reason()).isEqualTo("bot_goodbye_bye_only");
        assertThat(ended.end().drain()).isEqualTo("mark");
        assertThat(ended.end().lastCondition()).isEqualTo("played");
        assertThat(ended.end().whyNot()).isNull();
        assertThat(ended.conditions())
                .hasSize(10)
                .allSatisfy(condition ->
                        assertThat(condition.spans()).as(condition.name()).isNotEmpty());
        assertThat(ended.marks())
                .isNotEmpty()
                .allSatisfy(mark -> assertThat(mark.echoedMs()).isNotNull());
        double heardMs = ended.modelAudio().stream()
                .mapToDouble(heard -> heard.toMs() - heard.fromMs())
                .sum();
        assertThat(heardMs).isBetween(Scene.GOODBYE.length / 8 * 0.9, Scene.GOODBYE.length / 8 * 1.1);
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.complete()).isEqualTo(1);
        Run explained = ringdown("explain", call.callSid(), "--journal-dir=" + directory);
        assertThat(explained.output).contains("drain mark", "played", "<- the last");
        assertThat(explained.exitCode).isZero();
        Run json = ringdown("explain", call.callSid(), "--json", "--journal-dir=" + directory);
        assertThat(json.output).contains("\"call_sid\":\"" + call.callSid() + "\"", "\"last_condition\":\"played\"");
        Run replayed = ringdown("replay", "--journal-dir=" + directory);
        assertThat(replayed.output).contains("1 calls from beginning to end", "0 calls differ");
        assertThat(replayed.exitCode).isZero();
    }

    @Test
    void shouldKeepNoWordsWhenToldSo() throws Exception {
        String said = Speech.line("goodbye").text().substring(0, 12);
        try (ServeProcess serve = serve(GOODBYE + "journal: {redact: true}\n")) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            serve.terminate();
            serve.exitCode();
            assertThat(timeline(call).moments())
                    .anyMatch(moment -> "transcript_done".equals(moment.name()) && "[redacted]".equals(moment.text()));
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("[BOT_BYE_DETECTED]") && line.endsWith("text='[redacted]'"))
                    .noneMatch(line -> line.contains(said));
        }
        for (String folder : List.of("segments", "records")) {
            try (Stream<Path> files = Files.list(directory.resolve(folder))) {
                assertThat(files.toList())
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .doesNotContain(said));
            }
        }
        assertThat(Replay.of(directory).differences()).isEmpty();
    }

    @Test
    void shouldKeepNoWordsInTheLogOfAServerWithoutAJournal() throws Exception {
        String redacting = GOODBYE + "journal: {redact: true}\n";
        try (ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), redacting, "--journal-dir=")) {
            carrier.place(CallPlan.via(serve.route())).ending().get(60, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(serve.lines)
                    .anyMatch(line -> line.contains("[BOT_BYE_DETECTED]") && line.endsWith("text='[redacted]'")));
        }
    }

    @Test
    void shouldNotTakeAJournalOfNothingForOneThatIsReplayed() throws Exception {
        Run replayed = ringdown("replay", "--journal-dir=" + directory);
        assertThat(replayed.output).contains("nothing to replay in the journal " + directory);
        assertThat(replayed.exitCode).isEqualTo(1);
    }

    @Test
    void shouldLookWhereTheConfigurationSaysWithoutItsSecrets() throws Exception {
        Path kept = Files.createDirectory(directory.resolve("kept"));
        Path file = Files.writeString(directory.resolve("ringdown.yaml"), "journal_dir: " + kept + "\n");
        assertThat(ringdown("replay", "--config=" + file).output).contains("nothing to replay in the journal " + kept);
        assertThat(ringdown("explain", "CA1", "-c", file.toString()).output)
                .contains("no call CA1 in the journal " + kept);
    }

    @Test
    void shouldLookWhereItIsToldBesideAFileThatNobodyUnderstands() throws Exception {
        Path broken = Files.writeString(directory.resolve("ringdown.yaml"), "{");
        Run explained = ringdown("explain", "CA1", "--config=" + broken, "--journal-dir=" + directory);
        assertThat(explained.output).contains("no call CA1 in the journal " + directory);
    }

    @Test
    void shouldSayThatThereIsNoJournalToLookInto() throws Exception {
        Run none = ringdown("explain", "CA1", "--journal-dir=");
        assertThat(none.output).startsWith("journal_dir is empty: such a server keeps no journal");
        assertThat(none.exitCode).isEqualTo(2);
        Run gone = ringdown("explain", "CA1", "--config=" + directory.resolve("gone.yaml"));
        assertThat(gone.output).contains("gone.yaml: no such file");
        assertThat(gone.exitCode).isEqualTo(2);
    }

    @Test
    void shouldHostCallsWithoutAJournalWhereTheDiskTakesNothing() throws Exception {
        try (ServeProcess serve =
                ServeProcess.withFilesUpTo(1_024, model.uri(), rest.url(), GOODBYE, "--journal-dir=" + directory)) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            assertThat(call.heardAudio()).isEqualTo(Scene.GOODBYE);
            assertThat(get(serve.operations("/metrics")).lines())
                    .anyMatch(line -> line.startsWith("ringdown_journal_events_lost_total") && !line.endsWith(" 0.0"));
            assertThat(serve.lines.stream().filter(line -> line.contains("calls go on without it")))
                    .hasSize(1);
            serve.terminate(); // killed, it might leave the segment that it tries to make just then
            assertThat(serve.exitCode()).isZero();
        }
        try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
            assertThat(files).isEmpty();
        }
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private record Run(int exitCode, String output) {}

    private static Run ringdown(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                Path.of("target", "ringdown-all.jar").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
