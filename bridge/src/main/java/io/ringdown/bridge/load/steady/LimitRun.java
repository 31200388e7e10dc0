package io.ringdown.bridge.load.steady;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs with more and more calls until the bridge breaks, telling of each. Blocks its thread meanwhile. */
public final class LimitRun {
    private final SteadyPlan plan;
    private final PrintWriter out;
    private final SortedMap<Integer, SteadyReport> steps = new TreeMap<>();

    /** @param plan its calls are the first step's */
    public LimitRun(SteadyPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * Returns the figures: the limit, and those of each step, by calls.
     *
     * @throws IOException when a bridge does not start, or the process of the one named is gone
     */
    public ObjectNode run() throws IOException, InterruptedException {
        LimitSearch.Limit limit = LimitSearch.search(plan.calls(), this::holds);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("mode", "limit").put("limit_p99_ms", SteadyReport.LIMIT_P99_MS);
        figures.put("highest_good_calls", limit.highestGood()).put("lowest_bad_calls", limit.lowestBad());
        SteadyReport breaking = steps.get(limit.lowestBad());
        if (breaking != null) {
            figures.put("broken_because", breaking.brokenBecause().orElseThrow());
            figures.put("generator_was_the_limit", breaking.generatorWasTheLimit());
        }
        ArrayNode all = figures.putArray("steps");
        steps.values().forEach(step -> all.add(step.figures()));
        out.println(summary(limit, breaking));
        out.flush();
        return figures;
    }

    /** Breaks who breaks twice: a stall of the machine may come at any number of calls. */
    private boolean holds(int calls) throws IOException, InterruptedException {
        return bears(calls) || bears(calls);
    }

    private boolean bears(int calls) throws IOException, InterruptedException {
        try (SteadyRun run = new SteadyRun(plan.withCalls(calls))) {
            SteadyReport report = run.run();
            steps.put(calls, report);
            Optional<String> broken = report.brokenBecause();
            out.printf(
                    "%5d calls: %s%n",
                    calls, broken.map(why -> "broken, " + why).orElse("good"));
            out.println("  " + report.summary());
            out.flush();
            return broken.isEmpty();
        }
    }

    private static String summary(LimitSearch.Limit limit, SteadyReport breaking) {
        if (breaking == null) {
            return "bore " + limit.highestGood() + " calls, the most that are tried";
        }
        return "bore " + limit.highestGood() + " calls, broke at " + limit.lowestBad() + ": "
                + breaking.brokenBecause().orElseThrow()
                + (breaking.generatorWasTheLimit()
                        ? " (the generator was late there: it may have been the limit)"
                        : "");
    }
}
