package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExampleFileTest {
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
    void shouldNameEveryKeyAndVariable() throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(Settings.keys()).allSatisfy(key -> {
            String name = key.path().substring(key.path().lastIndexOf('.') + 1);
            assertThat(example).containsPattern("(?m)^[# ]*" + name + ":");
            key.variable().ifPresent(variable -> assertThat(example).contains(variable));
        });
    }
}
