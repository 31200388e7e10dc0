package io.ringdown.bridge.cli;

import io.ringdown.bridge.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringdown demo}: the scenarios that started it all, for everyone to see. */
@Command(
        name = "demo",
        description =
                "Plays an ordinary conversation and the scenarios A to D between a simulated carrier and a simulated"
                        + " model. Needs no keys and no network. Exit code 1 if any call ends otherwise than expected.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--caller-audio",
            paramLabel = "FILE",
            description =
                    "What the caller says in the conversation: 8 kHz mono WAV, PCM16 or mu-law. The model answers at"
                            + " each pause that ends a turn, and says goodbye at the last. A file that is none: exit code 2.")
    private Optional<Path> callerAudio = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "Where the recordings go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("demo-out");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        try {
            boolean coloured = command.getColorScheme().ansi().enabled();
            boolean asExpected = Demo.of(out, callerAudio).play(command.getOut(), coloured);
            return asExpected ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            command.getErr().println("ringdown: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
