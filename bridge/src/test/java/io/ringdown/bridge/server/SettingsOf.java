package io.ringdown.bridge.server;

import io.ringdown.bridge.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings for tests: as little as a start needs, and what the test adds. */
final class SettingsOf {
    private SettingsOf() {}

    /** Values by path, as in {@code limits.lead_ms}. No secret is needed: nothing is validated and the model is plain. */
    static Settings test(Map<String, String> values) {
        Map<String, Object> sections = new TreeMap<>();
        values.forEach((path, value) -> put(sections, path, value));
        return yaml(written(sections));
    }

    static Settings yaml(String text) {
        try {
            Path file = Files.createTempFile("ringdown", ".yaml");
            Files.writeString(file, text);
            Settings settings = Settings.load(
                    Optional.of(file),
                    Map.of(
                            "RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false",
                            "RINGDOWN_MODEL_URL", "ws://127.0.0.1:9",
                            "RINGDOWN_LANES", "2",
                            "RINGDOWN_JOURNAL_DIR", ""),
                    Map.of());
            Files.delete(file);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> section, String path, String value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            section.put(path, value);
        } else {
            Object inner = section.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<>());
            put((Map<String, Object>) inner, path.substring(dot + 1), value);
        }
    }

    private static String written(Object value) {
        return value instanceof Map<?, ?> section
                ? section.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + written(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"))
                : "\"" + value + "\"";
    }
}
