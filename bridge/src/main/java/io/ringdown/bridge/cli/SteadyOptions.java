package io.ringdown.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.load.steady.SteadyPlan;
import io.ringdown.bridge.load.steady.SteadyReport;
import io.ringdown.bridge.load.steady.SteadyRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code load} takes for calls that stand side by side, and does with it. */
final class SteadyOptions {
    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "All --calls stand at once, and are measured so long; then the callers hang up.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "Of the bridge at --url: its CPU time and memory are measured.")
    private Optional<Long> pid = Optional.empty();

    @Option(
            names = "--bridge-cpu",
            paramLabel = "CPU",
            description = "The bridge that is started is bound to this CPU (by taskset).")
    private Optional<Integer> bridgeCpu = Optional.empty();

    boolean areGiven() {
        return seconds.isPresent();
    }

    /** Null when nothing is wrong with them. */
    String problem() {
        if (seconds.isPresent() && seconds.get() <= 0) {
            return "--seconds: not a positive number: " + seconds.get();
        }
        return null;
    }

    /** Returns whether all was well. */
    boolean run(LoadPlan load, PrintWriter out, Optional<Path> json) throws IOException, InterruptedException {
        SteadyPlan plan = new SteadyPlan(load, seconds.get(), pid, bridgeCpu);
        try (SteadyRun run = new SteadyRun(plan)) {
            SteadyReport report = run.run();
            write(json, report.figures());
            out.println(report.summary());
            out.flush();
            return report.isGood();
        }
    }

    private static void write(Optional<Path> json, ObjectNode figures) throws IOException {
        if (json.isPresent()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(json.get().toFile(), figures);
        }
    }
}
