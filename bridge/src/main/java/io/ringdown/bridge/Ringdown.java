package io.ringdown.bridge;

import io.ringdown.bridge.cli.CheckCommand;
import io.ringdown.bridge.cli.DemoCommand;
import io.ringdown.bridge.cli.ExplainCommand;
import io.ringdown.bridge.cli.LoadCommand;
import io.ringdown.bridge.cli.ReplayCommand;
import io.ringdown.bridge.cli.ServeCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 bad usage or configuration. */
@Command(
        name = "ringdown",
        description = "Hosts phone calls between people and speech-to-speech models.",
        mixinStandardHelpOptions = true,
        versionProvider = Ringdown.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Ringdown implements Runnable {
    private static final long LOG_FINISH_MS = 2_000;

    @Spec
    private CommandSpec spec;

    /** Of connections to the carrier's API; the JDK reads it when its client is first used. */
    private static final String MAX_IDLE_CONNECTIONS = "jdk.httpclient.connectionPoolSize";

    public static void main(String[] args) {
        // otherwise every connection that a burst of hangups took would be kept for 20 minutes
        System.getProperties().putIfAbsent(MAX_IDLE_CONNECTIONS, "8");
        int exitCode = commandLine(args).execute(args);
        finishLog();
        System.exit(exitCode);
    }

    /** The log's last lines are written; but a disk that takes nothing keeps no process alive (S57). */
    private static void finishLog() {
        Thread finishing = new Thread(LogManager::shutdown, "log");
        finishing.setDaemon(true);
        finishing.start();
        try {
            finishing.join(LOG_FINISH_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the one command that {@code args} begin with, since to make them all delays a server's start; else with all. */
    static CommandLine commandLine(String... args) {
        Map<String, Supplier<CommandLine>> commands = commands();
        if (args.length > 0 && commands.containsKey(args[0])) {
            commands.keySet().retainAll(Set.of(args[0]));
        }
        CommandLine ringdown = new CommandLine(new Ringdown());
        commands.forEach((name, command) -> ringdown.addSubcommand(name, command.get()));
        return ringdown.setUsageHelpAutoWidth(true);
    }

    private static Map<String, Supplier<CommandLine>> commands() {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::commandLine);
        commands.put("check", CheckCommand::commandLine);
        commands.put("demo", () -> new CommandLine(new DemoCommand()));
        commands.put("load", () -> new CommandLine(new LoadCommand()));
        commands.put("explain", () -> new CommandLine(new ExplainCommand()));
        commands.put("replay", () -> new CommandLine(new ReplayCommand()));
        return commands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Ringdown.class.getPackage().getImplementationVersion();
            return new String[] {"ringdown " + (version == null ? "(not packaged)" : version)};
        }
    }
}
