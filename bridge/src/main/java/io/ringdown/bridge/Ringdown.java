package io.ringdown.bridge;

import io.ringdown.bridge.cli.CheckCommand;
import io.ringdown.bridge.cli.DemoCommand;
import io.ringdown.bridge.cli.ExplainCommand;
import io.ringdown.bridge.cli.LoadCommand;
import io.ringdown.bridge.cli.ReplayCommand;
import io.ringdown.bridge.cli.ServeCommand;
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
        int exitCode = commandLine().execute(args);
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

    static CommandLine commandLine() {
        return new CommandLine(new Ringdown())
                .addSubcommand(ServeCommand.commandLine())
                .addSubcommand(CheckCommand.commandLine())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new ReplayCommand())
                .setUsageHelpAutoWidth(true);
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
