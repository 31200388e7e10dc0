package io.ringdown.bridge.load.steady;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Two reports side by side, figure by figure, with the second as a multiple of the first. Any thread. */
public final class Comparison {
    private Comparison() {}

    /**
     * Prints a line for each figure that both have, times of a curve left out, and what either's figures are not to be
     * trusted for. Returns whether both are of runs in which all was well.
     */
    public static boolean print(JsonNode before, JsonNode after, PrintWriter out) {
        Map<String, Double> first = figures(before);
        Map<String, Double> second = figures(after);
        out.printf("%-48s %12s %12s %8s%n", "", "A", "B", "B/A");
        first.forEach((name, a) -> {
            Double b = second.get(name);
            if (b != null) {
                out.printf(Locale.ROOT, "%-48s %12s %12s %8s%n", name, shown(a), shown(b), ratio(a, b));
            }
        });
        boolean good = isGood("A", before, out) & isGood("B", after, out);
        out.flush();
        return good;
    }

    /** A search has no verdict of its own. */
    private static boolean isGood(String name, JsonNode report, PrintWriter out) {
        if (report.at("/generator/was_the_limit").asBoolean()) {
            out.println(name + ": the generator, not the bridge, was the limit");
        }
        boolean good = report.path("ok").asBoolean(true);
        if (!good) {
            out.println(name + ": FAILED, calls or audio were lost");
        }
        return good;
    }

    /** Every number by its path; a step of a search is known by its calls. */
    static Map<String, Double> figures(JsonNode report) {
        Map<String, Double> figures = new TreeMap<>();
        collect("", report, figures);
        return figures;
    }

    private static void collect(String path, JsonNode node, Map<String, Double> figures) {
        if (node.isNumber()) {
            figures.put(path, node.doubleValue());
        }
        node.properties().forEach(member -> {
            if (!member.getKey().equals("curves_ms")) {
                collect(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), figures);
            }
        });
        if (node.isArray()) {
            node.forEach(step -> collect(path + "." + step.path("calls").asText(), step, figures));
        }
    }

    /** Of two nothings, none: neither is a multiple of the other. */
    static String ratio(double before, double after) {
        return before == 0 ? "-" : String.format(Locale.ROOT, "%.3f", after / before);
    }

    private static String shown(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
