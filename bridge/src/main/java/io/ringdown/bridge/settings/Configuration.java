package io.ringdown.bridge.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings, and where each value of them comes from. Immutable; any thread. */
public final class Configuration {
    private static final Path DEFAULT_FILE = Path.of("ringdown.yaml");

    private final Optional<Path> file;
    private final Settings settings;
    private final Values values;
    private final Map<String, Values> agents;
    private final List<String> warnings;

    Configuration(Optional<Path> file, Values values, Map<String, Values> agents, List<String> warnings) {
        this.file = file;
        this.values = values;
        this.agents = new LinkedHashMap<>(agents);
        this.warnings = List.copyOf(warnings);
        settings = Settings.from(values, agents);
    }

    /**
     * Reads {@code ringdown.yaml}, under the environment, under the flags.
     *
     * @param configFile must exist; when empty, {@code ringdown.yaml} of the working directory is read if there is one
     * @param flags by {@link Key#flag()}, dashes included
     * @throws SettingsException with every problem there is
     */
    public static Configuration read(
            Optional<Path> configFile, Map<String, String> environment, Map<String, String> flags) {
        return reader(configFile, environment, flags).configuration();
    }

    /**
     * Where a server that is so configured writes its journal, for those who only look into it: they need none of its
     * secrets. Empty when it keeps none.
     *
     * @throws SettingsException when the file cannot be read as one
     */
    public static Optional<Path> journalDir(
            Optional<Path> configFile, Map<String, String> environment, Map<String, String> flags) {
        return reader(configFile, environment, flags).journalDir();
    }

    private static SettingsReader reader(
            Optional<Path> configFile, Map<String, String> environment, Map<String, String> flags) {
        return new SettingsReader(configFile.orElse(DEFAULT_FILE))
                .readFile(configFile.isPresent())
                .readEnvironment(environment)
                .readFlags(flags);
    }

    /** What was read, or empty where there was none. */
    public Optional<Path> file() {
        return file;
    }

    public Settings settings() {
        return settings;
    }

    /** What works and had better be otherwise, a line each. */
    public List<String> warnings() {
        return warnings;
    }

    /** All of it as a {@code ringdown.yaml} in which each line says where its value comes from; secrets are masked. */
    public List<String> effective() {
        return new EffectiveYaml(values, agents, settings).lines();
    }

    /** The keys that {@code other} has otherwise, but for what belongs to agents: those are read at the start only. */
    public List<String> differingFromServerOf(Configuration other) {
        List<String> differing = new ArrayList<>();
        for (Key<?> key : Keys.ALL) {
            if (!AgentKeys.has(key) && !values.written(key).equals(other.values.written(key))) {
                differing.add(key.path());
            }
        }
        return differing;
    }
}
