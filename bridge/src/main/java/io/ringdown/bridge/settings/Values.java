package io.ringdown.bridge.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read for each key, where, and what was wrong. A later value replaces an earlier one; its problems stay. An agent
 * has values of its own and else those of the server, with which it shares the list of problems.
 */
final class Values {
    private final Optional<Values> inherited;
    private final Map<Key<?>, Given> given = new LinkedHashMap<>();
    private final Set<Key<?>> refused = new HashSet<>();
    private final List<String> problems;

    /**
     * A value that was read.
     *
     * @param value what the key's form made of it
     * @param written as it stood
     * @param origin where, for people
     */
    record Given(Object value, Written written, String origin) {}

    Values() {
        inherited = Optional.empty();
        problems = new ArrayList<>();
    }

    private Values(Values server) {
        inherited = Optional.of(server);
        problems = server.problems;
    }

    /** Of an agent: empty, so that all is as here. */
    Values ofAgent() {
        return new Values(this);
    }

    /** Reads one value. */
    void read(Place place, Key<?> key, Written written) {
        try {
            given.put(key, new Given(key.form().read(written), written, place.shown()));
        } catch (Malformed e) {
            refuse(place, key, e.getMessage());
        }
    }

    /** A value was meant to stand there, and nobody knows which. */
    void refuse(Place place, Key<?> key, String reason) {
        refused.add(key);
        problem(place.source(), place.name(), reason + otherWay(place.name(), key));
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
                .filter(variable -> !name.startsWith(variable))
                .map(variable -> " (environment: " + variable + ")")
                .orElse("");
    }

    List<String> problems() {
        return problems;
    }

    /** What was given here, nothing inherited, in the order of reading. */
    Map<Key<?>, Given> given() {
        return given;
    }

    /** How the value was written, or the default is. */
    List<String> written(Key<?> key) {
        Given own = given.get(key);
        return own == null ? List.of(key.defaultText()) : own.written().texts();
    }

    /** The value, else the inherited one, else its default. */
    @SuppressWarnings("unchecked") // only read() puts, and it puts what the key's own form made
    <T> Optional<T> find(Key<T> key) {
        Given own = given.get(key);
        if (own != null) {
            return Optional.of((T) own.value());
        }
        return inherited.isPresent() ? inherited.get().find(key) : key.defaultValue();
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
