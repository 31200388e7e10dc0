package io.ringdown.bridge.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was read for each key, and what was wrong. A later value replaces an earlier one; its problems stay. */
final class Values {
    private final Map<Key<?>, Object> values = new HashMap<>();
    private final Set<Key<?>> refused = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** Reads one value; {@code source} and {@code name} say where it stood, for the problem line. */
    void read(String source, String name, Key<?> key, Written written) {
        try {
            values.put(key, key.form().read(written));
        } catch (Malformed e) {
            refused.add(key);
            problem(source, name, e.getMessage() + otherWay(name, key));
        }
    }

    void problem(String source, String name, String reason) {
        problem(source + ": " + Malformed.shown(name) + ": " + reason);
    }

    void problem(String line) {
        problems.add(line);
    }

    /** That {@code key} is missing, or does not go with the others. */
    void problem(String source, Key<?> key, String reason) {
        problem(source, key.path(), reason + otherWay(key.path(), key));
    }

    private static String otherWay(String name, Key<?> key) {
        return key.variable()
                .filter(variable -> !variable.equals(name))
                .map(variable -> " (environment: " + variable + ")")
                .orElse("");
    }

    List<String> problems() {
        return problems;
    }

    /** The value, else its default. */
    @SuppressWarnings("unchecked") // only read() puts, and it puts what the key's own form made
    <T> Optional<T> find(Key<T> key) {
        Object value = values.get(key);
        return value == null ? key.defaultValue() : Optional.of((T) value);
    }

    /** The value of a key that has a default. */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException("no default: key=" + key));
    }

    /** Whether nobody gave it; a value that was refused is not missing. */
    boolean missing(Key<?> key) {
        return find(key).isEmpty() && !refused(key);
    }

    /** Whether a value was given that could not be read; nobody knows what was meant. */
    boolean refused(Key<?> key) {
        return refused.contains(key);
    }
}
