package io.ringdown.bridge.cli;

import io.ringdown.bridge.server.Server;
import io.ringdown.bridge.server.Signals;
import io.ringdown.bridge.settings.Key;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.settings.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringdown serve}: hosts calls until it is told to stop. */
@Command(
        name = "serve",
        description = "Hosts calls until SIGTERM; then lets live calls finish, and exits 0.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Flags override environment variables, which override ringdown.yaml. Secrets are taken from the environment",
            "or the file only: OPENAI_API_KEY, TWILIO_AUTH_TOKEN, RINGDOWN_ADMIN_TOKEN."
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file; without it ringdown.yaml of this directory, if there is one.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "INFO or DEBUG. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = "Stops at once when standard input ends: whoever started it is gone.")
    private boolean untilInputEnds;

    enum LogLevel {
        INFO,
        DEBUG
    }

    /** The command with a flag for every key that has one. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new ServeCommand());
        for (Key<?> key : Settings.keys()) {
            key.flag().ifPresent(flag -> command.getCommandSpec().addOption(option(key, flag)));
        }
        return command.setCaseInsensitiveEnumValuesAllowed(true);
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

    @Override
    public Integer call() throws Exception {
        System.setProperty("ringdown.log.level", logLevel.name());
        PrintWriter err = spec.commandLine().getErr();
        if (untilInputEnds) {
            watchInput();
        }
        try {
            return serve(Settings.load(config, System.getenv(), flags()));
        } catch (SettingsException e) {
            e.problems().forEach(problem -> err.println("ringdown: " + problem));
            return CommandLine.ExitCode.USAGE;
        } catch (IOException e) {
            err.println("ringdown: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            err.flush();
        }
    }

    /** The kernel closes a pipe however its other end died; no shutdown hook there would run after SIGKILL. */
    private static void watchInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        // the same end
                    }
                    Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
                },
                "input");
        watch.setDaemon(true);
        watch.start();
    }

    private Map<String, String> flags() {
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

    private int serve(Settings settings) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Signals stop = Signals.untilTold();
                Server server = Server.start(settings)) {
            server.preflight().forEach(out::println);
            out.flush();
            stop.await();
            out.println("stopping: no new calls, " + server.liveCalls() + " live");
            out.flush();
            server.drain(stop);
        }
        out.println("stopped");
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
