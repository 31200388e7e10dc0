package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration that needs nothing, for tests to add to: a file, an environment and flags. */
final class SettingsFile {
    private final Path file;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> flags = new HashMap<>();

    /** Validation is off and the model is plain, so that no secret is missing. */
    static SettingsFile needingNothing(Path directory) {
        return needingSecrets(directory)
                .with("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false")
                .with("RINGDOWN_MODEL_URL", "ws://127.0.0.1:9000");
    }

    static SettingsFile needingSecrets(Path directory) {
        return new SettingsFile(directory.resolve("ringdown.yaml")).yaml("");
    }

    private SettingsFile(Path file) {
        this.file = file;
    }

    SettingsFile yaml(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    SettingsFile bytes(byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    SettingsFile with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    SettingsFile flag(String flag, String value) {
        flags.put(flag, value);
        return this;
    }

    Settings load() {
        return Settings.load(Optional.of(file), environment, flags);
    }

    /** What stops the start, the file shown without its directory. */
    List<String> problems() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, this::load);
        return refused == null
                ? List.of()
                : refused.problems().stream()
                        .map(line -> line.replace(file.toString(), "ringdown.yaml"))
                        .toList();
    }
}
