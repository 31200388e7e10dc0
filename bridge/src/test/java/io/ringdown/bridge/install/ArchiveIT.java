package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.Command;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as it is installed: in a folder nobody may write to, run by a user who is not root. */
class ArchiveIT {
    private static final Account ACCOUNT =
            new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");
    private static final String PUBLIC_URL = "https://voice.example.com";
    private static final Pattern VERSION = Pattern.compile("ringdown \\d+\\.\\d+\\.\\d+\\S*\\s+");
    private static final Pattern LISTENING =
            Pattern.compile("listening on \\S+:(\\d+) for the carrier, on \\S+:(\\d+) for operators");

    @TempDir
    private Path folder;

    private Archive archive;
    private Path home;
    private Path state;

    @BeforeEach
    void install() throws Exception {
        Archive.run("chmod", "755", folder.toString());
        archive = Archive.unpackedIn(folder.resolve("a place of its own"));
        home = folder.resolve("home of a guest");
        state = folder.resolve("state");
        Archive.giveToGuest(home);
        Archive.giveToGuest(state);
    }

    @AfterEach
    void leaveDeletable() throws Exception {
        archive.makeWritable();
    }

    private ProcessBuilder ringdown(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(Archive.asGuest());
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(state.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "CACHE_DIRECTORY", "JAVA_OPTS"));
        return builder;
    }

    private List<Path> classArchives(Path under) throws IOException {
        try (Stream<Path> found = Files.walk(under)) {
            return found.filter(path -> path.toString().endsWith(".jsa")).toList();
        }
    }

    @Test
    void shouldHoldWhatIsNeededAndNoMore() throws Exception {
        assertThat(archive.home()).isDirectoryContaining("glob:**/ringdown").isDirectoryContaining("glob:**/LICENSE");
        assertThat(archive.home().resolve("lib/ringdown.jar")).isRegularFile();
        assertThat(archive.home().resolve("docs/operations/systemd/ringdown.service"))
                .isRegularFile();
        assertThat(archive.home().resolve("ringdown.yaml")).hasSameTextualContentAs(Path.of("../docs/ringdown.yaml"));
        assertThat(archive.home().resolve("bom.json")).isRegularFile();
        assertThat(archive.home().resolve("pom.xml")).doesNotExist();
        assertThat(archive.home().resolve("docs/operations/README.md")).isRegularFile();
    }

    @Test
    void shouldStartFromALinkAndWithoutAnyPlaceOfItsOwn() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("ringdown"), archive.launcher());
        ProcessBuilder version = ringdown(link, "--version");
        version.environment().remove("HOME");

        Command.Result result = Command.run(version);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).matches(VERSION);
        assertThat(classArchives(folder)).isEmpty();
    }

    /** Not in a folder whose name has a space: there the JDK maps its own classes, and reads ours. */
    @Test
    void shouldKeepItsClassesInTheCacheOfTheUserAndMapThemThenceAtTheNextStart() throws Exception {
        Archive.run(
                "mv",
                archive.home().getParent().toString(),
                folder.resolve("opt").toString());
        archive = Archive.in(folder.resolve("opt"));
        Command.run(ringdown(archive.launcher(), "--version"));
        List<Path> made = classArchives(folder);
        ProcessBuilder again = ringdown(archive.launcher(), "--version");
        again.environment().put("JAVA_OPTS", "-Xlog:class+load");
        Command.Result result = Command.run(again);

        assertThat(made)
                .singleElement()
                .satisfies(path -> assertThat(path).startsWith(home.resolve(".cache/ringdown")));
        assertThat(classArchives(folder)).isEqualTo(made);
        assertThat(result.output().lines().filter(line -> line.contains(" io.ringdown.bridge.Ringdown ")))
                .singleElement()
                .asString()
                .endsWith("source: shared objects file (top)");
    }

    @Test
    void shouldStartWithoutAnArchiveOfClassesWhereTheJvmRefusesToMakeOne() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.copy(real.resolve("release"), folder.resolve("jdk/release"));
        Path java = Files.writeString(bin.resolve("java"), """
                #!/bin/sh
                case "$*" in *-XX:ArchiveClassesAtExit=*) echo 'Unrecognized VM option' >&2; exit 1 ;; esac
                exec '%s' "$@"
                """.formatted(real.resolve("bin/java")));
        Archive.run("chmod", "755", java.toString());
        ProcessBuilder version = ringdown(archive.launcher(), "--version");
        version.environment().put("JAVA_HOME", folder.resolve("jdk").toString());

        Command.Result result = Command.run(version);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).matches(VERSION);
        assertThat(classArchives(folder)).isEmpty();
    }

    @Test
    void shouldHostACallAndStopWithExitCodeZero() throws Exception {
        Speech.Line goodbye = Speech.line("goodbye");
        ModelScript script = ModelScript.script().greeting(Reply.saying(goodbye.text(), goodbye.muLaw()));
        try (SimulatedModel model = SimulatedModel.start(script);
                SimulatedCarrier carrier = SimulatedCarrier.start(ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ACCOUNT, carrier::completedByRest)) {
            ProcessBuilder serve = ringdown(
                    archive.launcher(),
                    "serve",
                    "--config=" + configuration(),
                    "--listen=127.0.0.1:0",
                    "--admin-listen=127.0.0.1:0",
                    "--public-url=" + PUBLIC_URL,
                    "--model-url=" + model.uri(),
                    "--twilio-api-url=" + rest.url());
            serve.environment().put("TWILIO_ACCOUNT_SID", ACCOUNT.sid());
            serve.environment().put("TWILIO_AUTH_TOKEN", ACCOUNT.authToken());
            Path output = folder.resolve("output");
            Process process = serve.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Files.readString(output).contains("ready for"));
                Matcher ports = LISTENING.matcher(Files.readString(output));
                assertThat(ports.find()).isTrue();
                assertThat(process.info().arguments().orElseThrow())
                        .as("the first start, which made the archive of classes too")
                        .contains("-Xmn16m");
                assertThat(get(Integer.parseInt(ports.group(2)), "/health/ready"))
                        .isEqualTo(200);
                InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(ports.group(1)));
                CarrierCall call = carrier.place(CallPlan.via(Route.webhook(PUBLIC_URL + "/twilio/voice", address)));
                assertThat(call.ending().get(30, TimeUnit.SECONDS).cause())
                        .isEqualTo(CallEnding.Cause.COMPLETED_BY_REST);
                process.toHandle().destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** The archive's own, but for the protection of the greeting: the call's first words are its last. */
    private Path configuration() throws IOException {
        Path file = folder.resolve("ringdown.yaml");
        String shipped = Files.readString(archive.home().resolve("ringdown.yaml"));
        String changed = shipped.replace("greeting_protection: true", "greeting_protection: false");
        assertThat(changed).isNotEqualTo(shipped);
        return Files.writeString(file, changed);
    }

    private static int get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
