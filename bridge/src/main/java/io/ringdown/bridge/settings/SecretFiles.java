package io.ringdown.bridge.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables that name a file with a secret in it: {@code OPENAI_API_KEY_FILE} for {@code OPENAI_API_KEY}. Used once. */
final class SecretFiles {
    private static final String OPEN_TO_ALL = " and every user of this machine can read it: chmod 600";

    private final Map<String, Key<?>> byVariable = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Values values;

    SecretFiles(Values values) {
        this.values = values;
        for (Key<?> key : Keys.ALL) {
            key.fileVariable().ifPresent(variable -> byVariable.put(variable, key));
        }
    }

    Set<String> variables() {
        return byVariable.keySet();
    }

    /** What is not wrong and not well: secrets that others can read. */
    List<String> warnings() {
        return warnings;
    }

    /** Reads the file that {@code variable} names; empty means unset. */
    void read(String variable, Map<String, String> environment) {
        String path = environment.get(variable).strip();
        if (path.isEmpty()) {
            return;
        }
        Key<?> key = byVariable.get(variable);
        Place place = Place.fileOfVariable(variable, path);
        String direct = key.variable().orElseThrow();
        if (!environment.getOrDefault(direct, "").isBlank()) {
            values.refuse(place, key, "given beside " + direct + "; one of them must go");
            return;
        }
        try {
            SecretFile file = SecretFile.at(path);
            values.read(place, key, Written.single(file.read()));
            if (SecretFile.isOpenToAll(file.path())) {
                warnings.add(variable + ": names " + Malformed.shown(path) + OPEN_TO_ALL);
            }
        } catch (Malformed e) {
            values.refuse(place, key, e.getMessage());
        }
    }

    /** A configuration file that was just read may hold secrets itself. */
    void lookAt(Path configuration) {
        if (SecretFile.isOpenToAll(configuration)) {
            values.given().keySet().stream()
                    .filter(Key::secret)
                    .forEach(key -> warnings.add(configuration + ": holds " + key + OPEN_TO_ALL));
        }
    }
}
