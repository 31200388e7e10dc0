package io.ringdown.bridge.cli;

import io.ringdown.bridge.server.Reload;
import io.ringdown.bridge.server.Server;
import io.ringdown.bridge.server.Signals;
import io.ringdown.bridge.settings.Configuration;
import io.ringdown.bridge.settings.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "Flags override environment variables, which override ringdown.yaml. Secrets have no flag: OPENAI_API_KEY,",
            "TWILIO_AUTH_TOKEN, RINGDOWN_ADMIN_TOKEN, RINGDOWN_WEBHOOK_SECRET, or the same with _FILE behind it, which",
            "names a file.",
            "SIGHUP reads the agents again; live calls keep theirs."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final long OUTPUT_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

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
        return KeyFlags.addTo(new CommandLine(new ServeCommand())).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        Configurator.setRootLevel(Level.valueOf(logLevel.name()));
        PrintWriter err = spec.commandLine().getErr();
        if (untilInputEnds) {
            watchInput();
        }
        try {
            return serve(KeyFlags.read(spec, config.file()));
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

    private int serve(Configuration configuration) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Signals stop = Signals.untilTold();
                Server server = Server.start(configuration.settings())) {
            // a file that was there at the start must be there again: without it all agents would be gone
            new Reload(server, configuration, () -> KeyFlags.read(spec, configuration.file())).follow(stop);
            configuration.warnings().forEach(warning -> out.println("  WARN  " + warning));
            server.preflight().forEach(out::println);
            out.flush();
            stop.await();
            say(out, "stopping: no new calls, " + server.liveCalls() + " live");
            server.drain(stop);
        }
        say(out, "stopped");
        return CommandLine.ExitCode.OK;
    }

    /** An output that nobody reads any more must not keep the server from stopping. */
    private static void say(PrintWriter out, String line) throws InterruptedException {
        Thread saying = new Thread(
                () -> {
                    out.println(line);
                    out.flush();
                },
                "output");
        saying.setDaemon(true);
        saying.start();
        saying.join(OUTPUT_MS);
    }
}
