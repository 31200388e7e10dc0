package io.ringdown.bridge.load.steady;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.load.steady.LineChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report's figures as one page that needs nothing else: charts, then every number. Any thread. */
public final class HtmlReport {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>ringdown load</title><style>
            body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;padding:0 1em;color:#222}
            svg{width:100%%;font:12px system-ui,sans-serif;margin:1em 0}
            .grid{stroke:#ddd;fill:none} .line{fill:none;stroke-width:2}
            table{border-collapse:collapse} td{padding:.1em 1.5em .1em 0;border-bottom:1px solid #eee}
            td+td{text-align:right;font-variant-numeric:tabular-nums}
            </style></head><body><h1>ringdown load</h1>
            <p>%s</p>
            %s
            <table>%s</table></body></html>
            """;

    private HtmlReport() {}

    /** Of the figures of a steady run, or of a search for the limit. */
    public static String of(JsonNode figures) {
        boolean search = figures.path("mode").asText().equals("limit");
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, Double> figure : Comparison.figures(figures).entrySet()) {
            rows.append("<tr><td>").append(LineChart.escaped(figure.getKey())).append("</td><td>");
            rows.append(LineChart.number(figure.getValue())).append("</td></tr>\n");
        }
        String charts = search ? overCalls(figures.path("steps")) : percentiles(figures.path("curves_ms"));
        return PAGE.formatted(LineChart.escaped(headline(figures, search)), charts, rows);
    }

    private static String headline(JsonNode figures, boolean search) {
        boolean late = figures.at("/generator/was_the_limit").asBoolean();
        if (search) {
            return "Bore " + figures.path("highest_good_calls").asInt() + " calls; broke at "
                    + figures.path("lowest_bad_calls").asInt() + ": "
                    + figures.path("broken_because").asText("not at all")
                    + (late ? " (the generator was late there)" : "");
        }
        return figures.path("calls").asInt() + " calls for "
                + figures.path("seconds").asInt() + " s: "
                + (figures.path("ok").asBoolean() ? "nothing lost" : "FAILED")
                + (late ? " (the generator was late)" : "");
    }

    private static String percentiles(JsonNode curves) {
        return new LineChart("latency, ms", "percentile", HtmlReport::percentile)
                .line("uplink", curve(curves.path("uplink")))
                .line("first audio of a response", curve(curves.path("downlink_first_audio")))
                .line("the generator's own lateness", curve(curves.path("generator_late")))
                .svg();
    }

    /** Each nine has the same width; 100 has no place. */
    private static List<Point> curve(JsonNode pairs) {
        List<Point> points = new ArrayList<>();
        for (JsonNode pair : pairs) {
            if (pair.path(0).asDouble() < 100) {
                points.add(new Point(
                        -Math.log10(1 - pair.path(0).asDouble() / 100),
                        pair.path(1).asDouble()));
            }
        }
        return points;
    }

    private static String percentile(double nines) {
        return LineChart.number(100 * (1 - Math.pow(10, -nines)));
    }

    private static String overCalls(JsonNode steps) {
        return overCalls("latency p99, ms")
                        .line("uplink", points(steps, "/uplink_ms/p99"))
                        .line("first audio of a response", points(steps, "/downlink_first_audio_ms/p99"))
                        .line("the generator's own lateness", points(steps, "/generator/late_ms/p99"))
                        .svg()
                + overCalls("CPU of the bridge, ms per call-second")
                        .line("user and system", points(steps, "/bridge_cpu_ms_per_call_s/total"))
                        .line("system", points(steps, "/bridge_cpu_ms_per_call_s/system"))
                        .svg()
                + overCalls("memory of the bridge, MiB")
                        .line("RssAnon", points(steps, "/bridge_memory_mib/rss_anon"))
                        .line("VmRSS", points(steps, "/bridge_memory_mib/rss"))
                        .svg();
    }

    private static LineChart overCalls(String title) {
        return new LineChart(title, "calls", LineChart::number);
    }

    private static List<Point> points(JsonNode steps, String figure) {
        List<Point> points = new ArrayList<>();
        for (JsonNode step : steps) {
            JsonNode value = step.at(figure);
            if (value.isNumber()) {
                points.add(new Point(step.path("calls").asDouble(), value.asDouble()));
            }
        }
        return points;
    }
}
