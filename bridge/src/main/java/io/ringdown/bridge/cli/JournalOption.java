package io.ringdown.bridge.cli;

import io.ringdown.bridge.settings.Configuration;
import io.ringdown.bridge.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a journal is read: where the server that is so configured writes it. */
final class JournalOption {
    private static final String FLAG = "--journal-dir";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(
            names = FLAG,
            paramLabel = "DIR",
            description = "The server's journal_dir. Default: as configured, by the file or RINGDOWN_JOURNAL_DIR.")
    private Optional<String> directory = Optional.empty();

    /** Exists; anything else is bad usage. */
    Path directory() {
        Path found = configured().orElseThrow(() -> badUsage("journal_dir is empty: such a server keeps no journal"));
        if (!Files.isDirectory(found)) {
            throw badUsage(FLAG + ": no directory " + found);
        }
        return found;
    }

    private Optional<Path> configured() {
        Map<String, String> flags = directory.map(given -> Map.of(FLAG, given)).orElse(Map.of());
        try {
            return Configuration.journalDir(config.file(), System.getenv(), flags);
        } catch (SettingsException e) {
            throw badUsage(e.getMessage());
        }
    }

    private ParameterException badUsage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
