package io.ringdown.bridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a journal is read. */
final class JournalOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--journal-dir",
            paramLabel = "DIR",
            defaultValue = "${env:RINGDOWN_JOURNAL_DIR:-journal}",
            description =
                    "The server's journal_dir; its configuration file is not read. Default: RINGDOWN_JOURNAL_DIR, or"
                            + " journal.")
    private Path directory;

    /** Exists; anything else is bad usage. */
    Path directory() {
        if (directory.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--journal-dir: empty: such a server keeps no journal");
        }
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "--journal-dir: no directory " + directory);
        }
        return directory;
    }
}
