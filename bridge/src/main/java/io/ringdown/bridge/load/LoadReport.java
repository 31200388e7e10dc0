package io.ringdown.bridge.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What became of all calls, in figures. Times are in ms. */
public final class LoadReport {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int FRAME_MS = 20;
    private static final int[] PERCENTILES = {50, 90, 99};

    /** Later than this at its own ticks, the generator measures itself. */
    private static final double LATE_MS = 20;

    /**
     * What was observed.
     *
     * @param results of the calls that ended
     * @param requests to the carrier's REST API, all of them
     * @param reasons of the hangups, as a bridge of our own logged them
     * @param cpu used meanwhile by a bridge of our own
     */
    record Run(
            List<CallResult> results,
            List<RestRequest> requests,
            Map<String, Long> reasons,
            Duration lasted,
            Optional<Duration> cpu) {
        Map<String, Long> endings() {
            return results.stream()
                    .collect(Collectors.groupingBy(
                            result -> result.ending().cause().name().toLowerCase(Locale.ROOT),
                            TreeMap::new,
                            Collectors.counting()));
        }

        Map<String, Long> hangups() {
            return requests.stream()
                    .filter(request -> !request.callSid().isEmpty())
                    .collect(Collectors.groupingBy(RestRequest::callSid, Collectors.counting()));
        }
    }

    private final ObjectNode figures = JsonNodeFactory.instance.objectNode();
    private final boolean good;

    LoadReport(LoadPlan plan, Run run) {
        List<CallResult> results = run.results();
        Map<String, Long> hangups = run.hangups();
        long once = count(results, result -> hangups.getOrDefault(result.callSid(), 0L) == 1);
        good = once == plan.calls() && results.stream().allMatch(CallResult::isGood);
        figures.put("ok", good);
        figures.put("calls", plan.calls());
        figures.put("concurrent", plan.concurrent());
        figures.put("seed", plan.seed());
        figures.put("seconds", rounded(run.lasted().toMillis() / 1e3));
        figures.put("ended", results.size());
        figures.put("hung_up_once", once);
        figures.put("hung_up_never", count(results, result -> !hangups.containsKey(result.callSid())));
        figures.put(
                "hung_up_more_than_once",
                hangups.values().stream().filter(times -> times > 1).count());
        run.endings().forEach(figures.putObject("ended_by")::put);
        run.reasons().forEach(figures.putObject("hangup_reasons")::put);
        figures.put("cut_off", count(results, result -> result.cutOffBytes() > 0));
        figures.put("downlink_lost_or_reordered", count(results, result -> !result.heardWhole()));
        figures.put("downlink_gaps", results.stream().mapToInt(CallResult::gaps).sum());
        figures.put("uplink_lost_or_reordered", count(results, result -> !result.isUplinkWhole()));
        figures.put(
                "protocol_violations",
                count(results, result -> !result.violations().isEmpty()));
        figures.put(
                "uplink_dropped_before_session_ms",
                results.stream()
                                .flatMap(result -> result.uplink().stream())
                                .mapToLong(Uplink::droppedFrames)
                                .sum()
                        * FRAME_MS);
        times(results);
        run.cpu()
                .filter(cpu -> !cpu.isZero())
                .ifPresent(cpu -> figures.put("bridge_cpu_ms_per_call_s", cpuPerCallSecond(results, cpu)));
    }

    private void times(List<CallResult> results) {
        Histogram deadAir = histogram();
        Histogram firstAudio = histogram();
        Histogram uplink = histogram();
        Histogram ready = histogram();
        Histogram lateness = histogram();
        for (CallResult result : results) {
            result.deadAirNs().ifPresent(ns -> record(deadAir, ns));
            result.sessionReadyNs().ifPresent(ns -> record(ready, ns));
            result.firstAudioNs().ifPresent(ns -> record(firstAudio, ns));
            result.uplink().ifPresent(one -> Arrays.stream(one.latenciesNs()).forEach(ns -> record(uplink, ns)));
            Arrays.stream(result.tickingLateNs()).forEach(ns -> record(lateness, ns));
        }
        figures.set("dead_air_ms", percentiles(deadAir));
        figures.set("downlink_first_audio_ms", percentiles(firstAudio));
        figures.set("uplink_ms", percentiles(uplink));
        figures.set("session_ready_ms", percentiles(ready));
        ObjectNode generator = figures.putObject("generator");
        generator.set("late_ms", percentiles(lateness));
        generator.put("was_the_limit", generator.at("/late_ms/p99").asDouble() > LATE_MS);
    }

    private static double cpuPerCallSecond(List<CallResult> results, Duration cpu) {
        double callSeconds = results.stream().mapToLong(CallResult::lastedNs).sum() / 1e9;
        return callSeconds == 0 ? 0 : rounded(cpu.toMillis() / callSeconds);
    }

    private static Histogram histogram() {
        return new Histogram(HIGHEST_NS, 3);
    }

    private static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.max(0, Math.min(ns, HIGHEST_NS)));
    }

    private static long count(List<CallResult> results, Predicate<CallResult> which) {
        return results.stream().filter(which).count();
    }

    private static ObjectNode percentiles(Histogram histogram) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int percentile : PERCENTILES) {
            node.put("p" + percentile, ms(histogram.getValueAtPercentile(percentile)));
        }
        return node.put("max", ms(histogram.getMaxValue()));
    }

    private static double ms(long ns) {
        return rounded(ns / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Whether every call was hung up once, heard whole, and nothing was lost or cut off. */
    public boolean isGood() {
        return good;
    }

    /** A line a figure, and one to sum up. */
    public void print(PrintWriter out) {
        figures.properties()
                .forEach(figure -> out.printf(
                        "  %-30s %s%n",
                        figure.getKey().replace('_', ' '),
                        figure.getValue()
                                .toString()
                                .replaceAll("[{}\"]", "")
                                .replace(",", "  ")
                                .replace(":", " ")));
        if (figures.at("/generator/was_the_limit").asBoolean()) {
            out.printf(
                    Locale.ROOT,
                    "WARNING: the generator itself was late (p99 %.0f ms): it, not the bridge, was the limit%n",
                    figures.at("/generator/late_ms/p99").asDouble());
        }
        out.println(summary());
        out.flush();
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d calls hung up exactly once, %d cut off, dead air p50 %.1f ms, p99 %.1f ms",
                good ? "OK" : "FAILED",
                figures.path("hung_up_once").asInt(),
                figures.path("calls").asInt(),
                figures.path("cut_off").asInt(),
                figures.at("/dead_air_ms/p50").asDouble(),
                figures.at("/dead_air_ms/p99").asDouble());
    }

    /** Writes the same as JSON. */
    public void write(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    }
}
