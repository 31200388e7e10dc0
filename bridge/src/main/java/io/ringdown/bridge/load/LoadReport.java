package io.ringdown.bridge.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** What became of all calls, in figures. Times are in ms. */
public final class LoadReport {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(5);
    private static final double[] PERCENTILES = {50, 90, 99, 100};

    /** Later than this at its own ticks, the generator measures itself. */
    private static final double LATE_MS = 20;

    private final ObjectNode figures = new ObjectMapper().createObjectNode();
    private final boolean good;
    private final double latenessMs;

    LoadReport(LoadPlan plan, List<CallResult> results, Histogram lateness, double seconds) {
        good = results.size() == plan.calls() && results.stream().allMatch(CallResult::isGood);
        latenessMs = lateness.getValueAtPercentile(99) / 1e6;
        figures.put("calls", plan.calls());
        figures.put("concurrent", plan.concurrent());
        figures.put("seed", plan.seed());
        figures.put("seconds", Math.round(seconds * 10) / 10.0);
        figures.put("ended", results.size());
        figures.put("hung_up_once", count(results, result -> result.hangups() == 1));
        figures.put("hung_up_never", count(results, result -> result.hangups() == 0));
        figures.put("hung_up_more_than_once", count(results, result -> result.hangups() > 1));
        figures.put("downlink_lost_or_reordered", count(results, result -> !result.heardWhole()));
        figures.put("uplink_lost_or_reordered", count(results, result -> !result.sentWhole()));
        figures.put("cut_off", count(results, result -> result.cutOffBytes() > 0));
        figures.put(
                "protocol_violations",
                count(results, result -> !result.violations().isEmpty()));
        Histogram deadAir = histogram();
        Histogram firstAudio = histogram();
        Histogram uplink = histogram();
        for (CallResult result : results) {
            result.deadAirNs().ifPresent(ns -> record(deadAir, ns));
            result.firstAudioNs().ifPresent(ns -> record(firstAudio, ns));
            for (long ns : result.uplinkNs()) {
                record(uplink, ns);
            }
        }
        figures.set("dead_air_ms", percentiles(deadAir));
        figures.set("first_audio_ms", percentiles(firstAudio));
        figures.set("uplink_ms", percentiles(uplink));
        figures.set("generator_late_ms", percentiles(lateness));
    }

    static Histogram histogram() {
        return new Histogram(HIGHEST_NS, 3);
    }

    static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.max(0, Math.min(ns, HIGHEST_NS)));
    }

    private static long count(List<CallResult> results, Predicate<CallResult> which) {
        return results.stream().filter(which).count();
    }

    private static ObjectNode percentiles(Histogram histogram) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        for (double percentile : PERCENTILES) {
            String name = percentile == 100 ? "max" : "p" + (int) percentile;
            node.put(name, Math.round(histogram.getValueAtPercentile(percentile) / 1e4) / 100.0);
        }
        return node;
    }

    /** Whether every call was hung up once, heard whole, and nothing was lost or cut off. */
    public boolean isGood() {
        return good;
    }

    /** A line a figure, and one to sum up. */
    public void print(PrintWriter out) {
        figures.properties()
                .forEach(figure -> out.printf(
                        "  %-28s %s%n",
                        figure.getKey().replace('_', ' '),
                        figure.getValue().toString().replaceAll("[{}\"]", "")));
        if (latenessMs > LATE_MS) {
            out.printf(
                    "WARNING: the generator itself was late (p99 %.0f ms): it, not the bridge, was the limit%n",
                    latenessMs);
        }
        out.println(good ? "OK: every call was hung up once, after all of it was heard" : "FAILED: see above");
        out.flush();
    }

    /** Writes the same as JSON. */
    public void write(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    }
}
