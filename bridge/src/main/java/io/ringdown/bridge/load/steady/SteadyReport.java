package io.ringdown.bridge.load.steady;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** What steady calls cost, and what became of their audio, in figures. */
public final class SteadyReport {
    /** Later than this at its own ticks, the generator measures itself. */
    static final double LATE_MS = 20;

    /** A conversation bears no more. */
    static final double LIMIT_P99_MS = 100;

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    /**
     * What was observed.
     *
     * @param bridge empty when its process is not known
     * @param early how calls ended that should have stood
     * @param unsentFrames that the generator's sockets did not take
     * @param violations of the carrier's protocol
     * @param hangups asked for, of which there should be none before the goodbyes
     * @param goodbyes empty when the callers hung up
     */
    record Run(
            Tally tally,
            Window window,
            Optional<Cost> bridge,
            Cost generator,
            List<CallEnding> early,
            long unsentFrames,
            List<String> violations,
            long hangups,
            Optional<Goodbyes> goodbyes) {}

    private final SteadyPlan plan;
    private final ObjectNode figures = JsonNodeFactory.instance.objectNode();

    SteadyReport(SteadyPlan plan, Run run) {
        this.plan = plan;
        figures.put("mode", "steady").put("calls", plan.calls()).put("seconds", plan.seconds());
        figures.put("ramp_ms", plan.load().rampMs()).put("settle_seconds", plan.settleSeconds());
        figures.put("bridge", plan.load().route().map(Route::publicUrl).orElse("our own"));
        figures.put("tls", plan.tls().isPresent());
        figures.put("standing", run.tally().standing());
        figures.put("ended_early", run.early().size());
        figures.put("unsent_frames", run.unsentFrames()); // the bridge did not read; they are lost too
        figures.put("hangups", run.hangups()).put("violations", run.violations().size());
        figures.put("ok", plan.calls() == run.tally().standing() && isGood(run));
        run.bridge().ifPresent(this::cost);
        audio(run.tally(), run.window());
        run.goodbyes().ifPresent(this::goodbyes);
        generator(run);
        run.early().stream().findFirst().ifPresent(end -> figures.put("first_ending", end.toString()));
        run.violations().stream().findFirst().ifPresent(why -> figures.put("first_violation", why));
    }

    private static boolean isGood(Run run) {
        Tally tally = run.tally();
        return run.early().isEmpty()
                && run.violations().isEmpty()
                && run.hangups() == 0
                && run.goodbyes().map(Goodbyes::isGood).orElse(true)
                && tally.uplink().isWhole()
                && tally.downlink().isWhole();
    }

    private void cost(Cost cost) {
        double callSeconds = (double) plan.calls() * plan.seconds();
        ProcessSample used = cost.inWindow();
        ObjectNode cpu = figures.putObject("bridge_cpu_ms_per_call_s");
        cpu.put("total", rounded(used.cpuMs() / callSeconds));
        cpu.put("user", rounded(used.userMs() / callSeconds));
        cpu.put("system", rounded(used.systemMs() / callSeconds));
        double share = used.cpuMs() / (1e3 * plan.seconds());
        figures.put("bridge_cpu_cores", rounded(share));
        figures.put("calls_per_core_extrapolated", share == 0 ? 0 : Math.round(plan.calls() / share));
        ObjectNode perCall = figures.putObject("bridge_memory_kib_per_call");
        perCall.put("rss_anon", perCall(cost.end().rssAnonKib() - cost.idle().rssAnonKib()));
        perCall.put("rss", perCall(cost.end().rssKib() - cost.idle().rssKib()));
        ObjectNode memory = figures.putObject("bridge_memory_mib");
        memory.put("idle_rss_anon", mib(cost.idle().rssAnonKib()))
                .put("idle_rss", mib(cost.idle().rssKib()));
        memory.put("rss_anon", mib(cost.end().rssAnonKib()))
                .put("rss", mib(cost.end().rssKib()));
    }

    private double perCall(long kib) {
        return rounded((double) kib / plan.calls());
    }

    private void audio(Tally tally, Window window) {
        figures.set("uplink_ms", percentiles(window.uplink()));
        figures.set("downlink_first_audio_ms", percentiles(window.firstAudio()));
        Tally.Uplink up = tally.uplink();
        ObjectNode uplink = figures.putObject("uplink");
        uplink.put("frames", up.frames()).put("lost", up.lost()).put("reordered", up.reordered());
        uplink.put("duplicated", up.duplicated()).put("foreign", up.foreign()).put("torn_bytes", up.tornBytes());
        uplink.put("padded_bytes", up.silentBytes()).put("before_session", up.beforeSession());
        Tally.Downlink down = tally.downlink();
        ObjectNode downlink = figures.putObject("downlink");
        downlink.put("bytes", down.saidBytes()).put("lost_bytes", down.lostBytes());
        downlink.put("wrong_bytes", down.wrongBytes())
                .put("responses", window.firstAudio().getTotalCount());
        downlink.put("underruns", window.underruns()).put("underrun_ms", ms(window.underrunNs()));
        ObjectNode curves = figures.putObject("curves_ms");
        curves.set("uplink", curve(window.uplink()));
        curves.set("downlink_first_audio", curve(window.firstAudio()));
        curves.set("generator_late", curve(window.late()));
    }

    private void goodbyes(Goodbyes goodbyes) {
        ObjectNode node = figures.putObject("goodbyes");
        node.put("hung_up_once", goodbyes.once()).put("hung_up_never", goodbyes.never());
        node.put("hung_up_more_than_once", goodbyes.moreThanOnce()).put("cut_off", goodbyes.cutOff());
        node.set("dead_air_ms", percentiles(goodbyes.deadAir()));
    }

    private void generator(Run run) {
        double callSeconds = (double) plan.calls() * plan.seconds();
        ProcessSample used = run.generator().inWindow();
        ObjectNode generator = figures.putObject("generator");
        generator.put("cpu_ms_per_call_s", rounded(used.cpuMs() / callSeconds));
        generator.put("cpu_system_ms_per_call_s", rounded(used.systemMs() / callSeconds));
        generator.put("cpu_cores", rounded(used.cpuMs() / (1e3 * plan.seconds())));
        generator.set("late_ms", percentiles(run.window().late()));
        generator.put("was_the_limit", ms(run.window().late().getValueAtPercentile(99)) > LATE_MS);
    }

    private static ObjectNode percentiles(Histogram histogram) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (double percentile : PERCENTILES) {
            String name = percentile == Math.rint(percentile)
                    ? Integer.toString((int) percentile)
                    : Double.toString(percentile).replace('.', '_');
            node.put("p" + name, ms(histogram.getValueAtPercentile(percentile)));
        }
        return node.put("max", ms(histogram.getMaxValue()));
    }

    /** Pairs of percentile and ms, closer together towards 100. */
    private static ArrayNode curve(Histogram histogram) {
        ArrayNode curve = JsonNodeFactory.instance.arrayNode();
        for (HistogramIterationValue value : histogram.percentiles(4)) {
            curve.addArray().add(value.getPercentile()).add(ms(value.getValueIteratedTo()));
        }
        return curve;
    }

    private static double mib(long kib) {
        return rounded(kib / 1_024.0);
    }

    private static double ms(long ns) {
        return rounded(ns / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** Whether every call stood to the end, all its audio arrived whole and in order, and its goodbye, if any, ended it once. */
    public boolean isGood() {
        return figures.path("ok").asBoolean();
    }

    /** Everything, for JSON and for people. */
    public ObjectNode figures() {
        return figures;
    }

    /** Why nobody would call these calls good; empty when they were. */
    Optional<String> brokenBecause() {
        if (!isGood()) {
            return Optional.of("calls or audio were lost");
        }
        if (number("/uplink_ms/p99") > LIMIT_P99_MS) {
            return Optional.of(String.format(Locale.ROOT, "uplink p99 was %.0f ms", number("/uplink_ms/p99")));
        }
        double firstAudioMs = number("/downlink_first_audio_ms/p99");
        if (firstAudioMs > LIMIT_P99_MS) {
            return Optional.of(String.format(Locale.ROOT, "first audio p99 was %.0f ms", firstAudioMs));
        }
        long underruns = figures.at("/downlink/underruns").asLong();
        return underruns > 0 ? Optional.of("audio underran, times: " + underruns) : Optional.empty();
    }

    /** Whether the generator, not the bridge, was what was measured. */
    boolean generatorWasTheLimit() {
        return figures.at("/generator/was_the_limit").asBoolean();
    }

    /** Why the figures are not the bridge's, for people; empty when they are. */
    public Optional<String> warning() {
        return generatorWasTheLimit()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "WARNING: the generator itself was late (p99 %.0f ms): it, not the bridge, was the limit",
                        number("/generator/late_ms/p99")))
                : Optional.empty();
    }

    /** All in one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d calls stood %d s; bridge %.2f CPU-ms per call-second (user %.2f, system %.2f), %.0f KiB a call;"
                        + " uplink p50 %.1f ms, p99 %.1f ms; first audio p50 %.1f ms, p99 %.1f ms; %d underruns, %d frames lost;"
                        + "%s generator %.2f CPU-ms, late p99 %.1f ms",
                isGood() ? "OK" : "FAILED",
                Math.max(
                        0,
                        figures.path("standing").asInt()
                                - figures.path("ended_early").asInt()),
                plan.calls(),
                plan.seconds(),
                number("/bridge_cpu_ms_per_call_s/total"),
                number("/bridge_cpu_ms_per_call_s/user"),
                number("/bridge_cpu_ms_per_call_s/system"),
                number("/bridge_memory_kib_per_call/rss_anon"),
                number("/uplink_ms/p50"),
                number("/uplink_ms/p99"),
                number("/downlink_first_audio_ms/p50"),
                number("/downlink_first_audio_ms/p99"),
                figures.at("/downlink/underruns").asLong(),
                figures.at("/uplink/lost").asLong(),
                endings(),
                number("/generator/cpu_ms_per_call_s"),
                number("/generator/late_ms/p99"));
    }

    private String endings() {
        return figures.path("goodbyes").isMissingNode()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %d hung up exactly once, %d cut off, dead air p50 %.1f ms, p99 %.1f ms;",
                        figures.at("/goodbyes/hung_up_once").asInt(),
                        figures.at("/goodbyes/cut_off").asInt(),
                        number("/goodbyes/dead_air_ms/p50"),
                        number("/goodbyes/dead_air_ms/p99"));
    }

    private double number(String pointer) {
        return figures.at(pointer).asDouble(Double.NaN);
    }
}
