package io.ringdown.bridge.cli;

import io.ringdown.bridge.journal.Timeline;
import io.ringdown.bridge.journal.TimelineText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringdown explain}: what happened in a call, and why it ended, or did not. */
@Command(
        name = "explain",
        description =
                "Tells what happened in a call, and for its end when each condition held and which was the last; or why"
                        + " it did not end. Reads the journal of a running server or of one that was killed. Exit code 1 if"
                        + " the journal does not know the call.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CALL_SID", description = "The carrier's name of the call.")
    private String callSid;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private JournalOption journal;

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        PrintWriter out = command.getOut();
        Path directory = journal.directory();
        Optional<Timeline> call = Timeline.of(directory, callSid);
        if (call.isEmpty()) {
            command.getErr().println("ringdown: no call " + callSid + " in the journal " + directory);
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (json) {
            out.println(call.get().toJson());
            out.flush();
        } else {
            TimelineText.print(call.get(), out);
        }
        return CommandLine.ExitCode.OK;
    }
}
