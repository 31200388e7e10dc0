package io.ringdown.bridge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.load.steady.Comparison;
import io.ringdown.bridge.load.steady.HtmlReport;
import io.ringdown.bridge.load.steady.LimitRun;
import io.ringdown.bridge.load.steady.LoadTls;
import io.ringdown.bridge.load.steady.SteadyPlan;
import io.ringdown.bridge.load.steady.SteadyReport;
import io.ringdown.bridge.load.steady.SteadyRun;
import io.ringdown.bridge.simulator.carrier.Route;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code load} takes for calls that stand side by side, and does with it. */
final class SteadyOptions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 20;
    private static final int FIRST_CALLS = 50;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "All --calls stand at once, and are measured so long; then they end.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--settle",
            paramLabel = "S",
            description = "All calls stand so long before they are measured: a JVM compiles in the first half minute."
                    + " Default: ${DEFAULT-VALUE}.")
    private int settleSeconds = 5;

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

    @Option(
            names = "--find-limit",
            description =
                    "Runs with --calls (default 50), twice as many and so on, until the bridge breaks: p99"
                            + " above 100 ms on either way, an underrun, or a loss; then looks for the number between. --seconds: 20.")
    private boolean findLimit;

    @Option(
            names = "--goodbye",
            description =
                    "With --seconds: at the end every model says goodbye, and the bridge is to hang up each call once,"
                            + " heard out; without it the callers hang up.")
    private boolean goodbye;

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            description =
                    "Both legs speak TLS, with certificate.pem and key.pem of this folder, which are made if it has"
                            + " none. A bridge at --url shows and trusts the same.")
    private Optional<Path> tls = Optional.empty();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a page with charts, of steady calls or a limit.")
    private Optional<Path> html = Optional.empty();

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "JSON",
            description = "Places no calls: prints the figures of two reports A and B, and B/A.")
    private List<Path> compared = List.of();

    boolean areGiven() {
        return seconds.isPresent() || findLimit || !compared.isEmpty();
    }

    /** Null when nothing is wrong with them. */
    String problem() {
        if (seconds.isPresent() && seconds.get() <= 0) {
            return "--seconds: not a positive number: " + seconds.get();
        }
        if (settleSeconds < 0) {
            return "--settle: negative: " + settleSeconds;
        }
        if (goodbye && (seconds.isEmpty() || findLimit)) {
            return "--goodbye: only with --seconds";
        }
        if (tls.isPresent() && !areGiven()) {
            return "--tls: only with --seconds or --find-limit";
        }
        if (html.isPresent() && !areGiven()) {
            return "--html: only with --seconds or --find-limit";
        }
        if ((pid.isPresent() || bridgeCpu.isPresent()) && !areGiven()) {
            return (pid.isPresent() ? "--pid" : "--bridge-cpu") + ": only with --seconds or --find-limit";
        }
        boolean folder = html.map(file -> file.toAbsolutePath().getParent())
                .map(Files::isDirectory)
                .orElse(true);
        return folder ? null : "--html: no such folder: " + html.get();
    }

    /** Where a search begins, unless the user says. */
    int firstCalls(int calls, boolean chosen) {
        return findLimit && !chosen ? FIRST_CALLS : calls;
    }

    /** Does what they ask for; returns whether all was well. */
    boolean run(LoadPlan load, PrintWriter out, Optional<Path> json) throws IOException, InterruptedException {
        if (!compared.isEmpty()) {
            return Comparison.print(
                    JSON.readTree(compared.get(0).toFile()),
                    JSON.readTree(compared.get(1).toFile()),
                    out);
        }
        SteadyPlan plan = new SteadyPlan(
                load, settleSeconds, seconds.orElse(LIMIT_SECONDS), pid, bridgeCpu, credentials(load), goodbye);
        if (findLimit) {
            ObjectNode figures = new LimitRun(plan, out).run();
            write(json, figures);
            return figures.path("highest_good_calls").asInt() > 0;
        }
        try (SteadyRun run = new SteadyRun(plan)) {
            SteadyReport report = run.run();
            write(json, report.figures());
            report.warning().ifPresent(out::println);
            out.println(report.summary());
            out.flush();
            return report.isGood();
        }
    }

    private Optional<LoadTls> credentials(LoadPlan load) throws IOException, InterruptedException {
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        String url = load.route().map(Route::publicUrl).orElse(load.publicUrl());
        return Optional.of(LoadTls.in(tls.get(), URI.create(url).getHost()));
    }

    /** Whether a bridge at --url is spoken to by TLS. */
    boolean speakTls() {
        return tls.isPresent();
    }

    private void write(Optional<Path> json, ObjectNode figures) throws IOException {
        if (json.isPresent()) {
            JSON.writerWithDefaultPrettyPrinter().writeValue(json.get().toFile(), figures);
        }
        if (html.isPresent()) {
            Files.writeString(html.get(), HtmlReport.of(figures));
        }
    }
}
