package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveYamlTest {
    private static final String AGENTS = """
            lanes: 3
            agent:
              instructions: |
                Say: "shalom" # שלום
                and more.
              greeting: ""
              goodbye_phrases: [ta-ta, "null", 'a, b']
            limits: {lead_ms: 500}
            agents:
              sales: {called: [+15550001], voice: cedar, vad: {threshold: 0.9}, limits: {lead_ms: 100}}
              support:
            """;

    @TempDir
    private Path directory;

    private Path file;
    private final Map<String, String> environment = new HashMap<>(
            Map.of("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false", "RINGDOWN_MODEL_URL", "ws://127.0.0.1:9"));

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("ringdown.yaml"), AGENTS);
    }

    private Configuration read(Path from, Map<String, String> flags) {
        return Configuration.read(Optional.of(from), environment, flags);
    }

    private List<String> lines(Map<String, String> flags) {
        return read(file, flags).effective().stream()
                .map(line -> line.replace(file.toString(), "ringdown.yaml").replaceAll("(?<=\\S) +# ", " # "))
                .toList();
    }

    @Test
    void shouldSayWhereEachValueComesFrom() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "sk-hidden\n");
        environment.put("OPENAI_API_KEY_FILE", key.toString());
        environment.put("TWILIO_AUTH_TOKEN", "hidden-too");
        environment.put("TWILIO_ACCOUNT_SID", "AC1");
        environment.put("RINGDOWN_TICK_MS", "50");

        assertThat(lines(Map.of("--drain", "queues")))
                .contains(
                        "listen: 0.0.0.0:8080 # default",
                        "# public_url: # default: none",
                        "lanes: 3 # ringdown.yaml:1",
                        "max_calls: 1500 # default: 500 per lane",
                        "drain: queues # --drain",
                        "tick_ms: 50 # RINGDOWN_TICK_MS",
                        "  # api_key: *** # OPENAI_API_KEY_FILE (" + key + ")",
                        "  # auth_token: *** # TWILIO_AUTH_TOKEN",
                        "  lead_ms: 500 # ringdown.yaml:8",
                        "  sales:",
                        "    called: [\"+15550001\"] # ringdown.yaml:10",
                        "      threshold: 0.9 # ringdown.yaml:10",
                        "      lead_ms: 100 # ringdown.yaml:10",
                        "  support: {}")
                .noneMatch(line -> line.contains("hidden"));
    }

    @Test
    void shouldNameEveryKey() {
        List<String> lines = lines(Map.of());

        for (Key<?> key : Settings.keys()) {
            String name = key.path().substring(key.path().lastIndexOf('.') + 1);
            assertThat(lines).as(key.path()).anyMatch(line -> line.strip().matches("(# )?" + name + ":.* # .+"));
        }
    }

    @Test
    void shouldMeanTheSameWhenReadAgain() throws IOException {
        Configuration configuration = read(file, Map.of());
        Path again = Files.write(directory.resolve("again.yaml"), configuration.effective());

        assertThat(read(again, Map.of()).settings()).isEqualTo(configuration.settings());
    }

    @Test
    void shouldShowNothingOfWhatPeoplePutIntoQueries() {
        environment.put("RINGDOWN_MODEL_URL", "ws://127.0.0.1:9/r?api-key=hidden&v=2");

        assertThat(lines(Map.of()))
                .contains("  url: \"ws://127.0.0.1:9/r?api-key=***&v=***\" # RINGDOWN_MODEL_URL")
                .noneMatch(line -> line.contains("hidden"));
    }

    @Test
    void shouldShowNothingOfThePathBehindWhichAWebhookKnowsItsSenders() throws IOException {
        environment.put("RINGDOWN_WEBHOOK_URL", "https://hooks.example.com/T0/hidden?v=2");

        assertThat(lines(Map.of()))
                .contains("  url: \"https://hooks.example.com/***\" # RINGDOWN_WEBHOOK_URL")
                .noneMatch(line -> line.contains("hidden"));
    }

    @Test
    void shouldSayWhatOnlyARestartBrings() throws IOException {
        Configuration before = read(file, Map.of());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                file,
                "lanes: 4\nadmin: {token: hush}\nmodel: {name: other}\nagent: {voice: ash}\n"
                        + "limits: {lead_ms: 90, drain_at_shutdown_s: 5}\nagents: {new: }\n");

        assertThat(before.differingFromServerOf(read(file, Map.of())))
                .containsExactly("lanes", "admin.token", "limits.drain_at_shutdown_s");
        assertThat(before.differingFromServerOf(before)).isEmpty();
    }
}
