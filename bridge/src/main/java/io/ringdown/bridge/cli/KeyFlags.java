package io.ringdown.bridge.cli;

import io.ringdown.bridge.settings.Configuration;
import io.ringdown.bridge.settings.Key;
import io.ringdown.bridge.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A flag for every key that has one, in the commands that read a configuration. */
final class KeyFlags {
    private KeyFlags() {}

    static CommandLine addTo(CommandLine command) {
        for (Key<?> key : Settings.keys()) {
            key.flag().ifPresent(flag -> command.getCommandSpec().addOption(option(key, flag)));
        }
        return command;
    }

    private static OptionSpec option(Key<?> key, String flag) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel("VALUE")
                .description(capitalised(key.meaning()) + ". Default: "
                        + key.defaultText().replace("%", "%%")
                        + key.variable().map(variable -> " (" + variable + ")").orElse(""))
                .build();
    }

    private static String capitalised(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1).replace("%", "%%");
    }

    /**
     * Reads the configuration as the command line of {@code spec} has it.
     *
     * @throws io.ringdown.bridge.settings.SettingsException with every problem there is
     */
    static Configuration read(CommandSpec spec, Optional<Path> file) {
        return Configuration.read(file, System.getenv(), given(spec));
    }

    private static Map<String, String> given(CommandSpec spec) {
        Map<String, String> flags = new HashMap<>();
        for (Key<?> key : Settings.keys()) {
            key.flag().ifPresent(flag -> {
                String value = spec.commandLine().getParseResult().matchedOptionValue(flag, null);
                if (value != null) {
                    flags.put(flag, value);
                }
            });
        }
        return flags;
    }
}
