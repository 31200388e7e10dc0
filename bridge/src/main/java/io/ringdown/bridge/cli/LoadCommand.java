package io.ringdown.bridge.cli;

import io.ringdown.bridge.load.Load;
import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.load.LoadReport;
import io.ringdown.bridge.simulator.carrier.Account;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ringdown load}: many simulated calls against a bridge. */
@Command(
        name = "load",
        description =
                "Plays simulated calls against a bridge, this one or another, and reports loss, reordering, hangups,"
                        + " cut-off, dead air and latencies. Exit code 1 if anything was lost, cut off, or not hung up exactly once.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Another bridge must be pointed at this command's model (--model-port) and REST API (--rest-port), and its",
            "instructions must hold the call's SID, by which both sides of a call are matched."
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--calls", paramLabel = "N", description = "Calls in all. Default: ${DEFAULT-VALUE}.")
    private int calls = 500;

    @Option(names = "--concurrent", paramLabel = "N", description = "At the same time. Default: ${DEFAULT-VALUE}.")
    private int concurrent = 100;

    @Option(names = "--ramp-ms", paramLabel = "MS", description = "Between two starts. Default: ${DEFAULT-VALUE}.")
    private int rampMs = 20;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "http://host:port/twilio/voice or ws://host:port/twilio/media. Default: a bridge is started.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--public-url", paramLabel = "URL", description = "What the bridge has as its public URL.")
    private String publicUrl = "https://voice.example.com";

    @Option(names = "--model-port", paramLabel = "PORT", description = "Where the simulated model listens.")
    private int modelPort = 0;

    @Option(names = "--rest-port", paramLabel = "PORT", description = "Where the simulated REST API listens.")
    private int restPort = 0;

    @Option(names = "--account-sid", paramLabel = "SID", description = "Of the simulated account.")
    private String accountSid = "AC00000000000000000000000000000001";

    @Option(names = "--auth-token", paramLabel = "TOKEN", description = "Of the simulated account.")
    private String authToken = "0123456789abcdef0123456789abcdef";

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures here too.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        System.setProperty("ringdown.log.level", "WARN");
        requirePositive("--calls", calls);
        requirePositive("--concurrent", concurrent);
        PrintWriter out = spec.commandLine().getOut();
        LoadPlan plan = new LoadPlan(
                calls,
                concurrent,
                rampMs,
                url,
                publicUrl,
                modelPort,
                restPort,
                new Account(accountSid, authToken),
                seed);
        try (Load load = new Load(plan)) {
            out.printf("model at %s, REST at %s%n", load.modelUri(), load.restUrl());
            out.flush();
            LoadReport report = load.run();
            report.print(out);
            if (json.isPresent()) {
                report.write(json.get());
            }
            return report.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("ringdown: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + ": not a positive number: " + value);
        }
    }
}
