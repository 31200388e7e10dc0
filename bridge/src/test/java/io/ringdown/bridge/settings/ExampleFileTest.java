package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleFileTest {
    @TempDir
    private Path directory;

    private static final Path EXAMPLE = Path.of("../docs/ringdown.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "RINGDOWN_PUBLIC_URL", "https://voice.example.com",
            "TWILIO_ACCOUNT_SID", "AC1",
            "TWILIO_AUTH_TOKEN", "token",
            "OPENAI_API_KEY", "key");

    @Test
    void shouldStateTheDefaults() {
        Settings stated = Settings.load(Optional.of(EXAMPLE), ENVIRONMENT, Map.of());

        assertThat(stated).isEqualTo(Settings.load(Optional.empty(), ENVIRONMENT, Map.of()));
    }

    @Test
    void shouldShowTwoAgentsThatWork() throws IOException {
        String example = Files.readString(EXAMPLE);
        int from = example.indexOf("# agents:\n");
        int to = example.indexOf("\n\n", from);
        String shown = example.substring(from, to).replaceAll("(?m)^# ", "");
        Path file = Files.writeString(
                directory.resolve("ringdown.yaml"), example.substring(0, from) + shown + example.substring(to));

        Map<String, Agent> agents =
                Settings.load(Optional.of(file), ENVIRONMENT, Map.of()).agents();

        assertThat(agents.keySet()).containsExactly("default", "sales", "support");
        assertThat(agents.get("sales").model()).isEqualTo("gpt-realtime-mini");
        assertThat(agents.get("sales").limits().maxDurationS()).isEqualTo(180);
        assertThat(agents.get("support").called()).containsExactly("+15551230003");
        assertThat(agents.get("support").limits())
                .isEqualTo(agents.get("default").limits());
    }

    @Test
    void shouldNameEveryKeyAndVariable() throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(Settings.keys()).allSatisfy(key -> {
            String name = key.path().substring(key.path().lastIndexOf('.') + 1);
            assertThat(example).containsPattern("(?m)^[# ]*" + name + ":");
            key.variable().ifPresent(variable -> assertThat(example).contains(variable));
            key.fileVariable().ifPresent(variable -> assertThat(example).contains(variable));
        });
    }
}
