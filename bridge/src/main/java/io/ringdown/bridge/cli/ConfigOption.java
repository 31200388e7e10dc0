package io.ringdown.bridge.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which configuration is read. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file; without it ringdown.yaml of this directory, if there is one.")
    private Optional<Path> file = Optional.empty();

    /** Empty when nobody said. */
    Optional<Path> file() {
        return file;
    }
}
