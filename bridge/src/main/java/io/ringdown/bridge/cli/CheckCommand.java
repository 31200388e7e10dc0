package io.ringdown.bridge.cli;

import io.ringdown.bridge.server.Server;
import io.ringdown.bridge.settings.Configuration;
import io.ringdown.bridge.settings.SettingsException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ringdown check}: what {@code serve} would make of the same configuration. Starts and connects nothing. */
@Command(
        name = "check",
        description =
                "Checks the configuration and shows it whole, each value with where it comes from, secrets masked. "
                        + "Exits 2 when serve would refuse it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    /** The command with the flags of {@code serve}, so that a whole command line can be checked. */
    public static CommandLine commandLine() {
        return KeyFlags.addTo(new CommandLine(new CheckCommand()));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Configuration configuration = KeyFlags.read(spec, config.file());
            Server.check(configuration.settings());
            configuration.effective().forEach(out::println);
            configuration.warnings().forEach(warning -> err.println("ringdown: warning: " + warning));
            return CommandLine.ExitCode.OK;
        } catch (SettingsException e) {
            e.problems().forEach(problem -> err.println("ringdown: " + problem));
            return CommandLine.ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
