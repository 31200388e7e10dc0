package io.ringdown.bridge.cli;

import io.ringdown.engine.journal.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ringdown replay}: whether this version would do with every call what was done. */
@Command(
        name = "replay",
        description =
                "Runs every call of a journal through the call machine again and compares every command. Exit code 1 at"
                        + " a difference, and where there was nothing to compare.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalOption journal;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = journal.directory();
        Replay.Report report = Replay.of(directory);
        report.damages().forEach(damage -> out.println("damaged: " + damage));
        report.differences()
                .forEach(difference -> out.println(
                        "different: " + difference.callSid() + " on " + difference.lane() + " " + difference.what()));
        out.printf(
                Locale.ROOT,
                "%d calls from beginning to end, %d without an end, %d with a gap; %d events, %d commands, %d calls differ%n",
                report.complete(),
                report.cut(),
                report.partial(),
                report.events(),
                report.commands(),
                report.different());
        out.flush();
        if (report.events() == 0) {
            spec.commandLine().getErr().println("ringdown: nothing to replay in the journal " + directory);
        }
        return report.different() == 0 && report.events() > 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
