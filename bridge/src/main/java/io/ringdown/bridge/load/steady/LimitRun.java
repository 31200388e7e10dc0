package io.ringdown.bridge.load.steady;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs with more and more calls until the bridge breaks, telling of each. Blocks its thread meanwhile. */
public final class LimitRun {
    private final SteadyPlan plan;
    private final PrintWriter out;
    private final SortedMap<Integer, SteadyReport> steps = new TreeMap<>();
    private final Map<Integer, String> reasons = new HashMap<>(); // why so many calls were too many

    /** @param plan its calls are the first step's */
    public LimitRun(SteadyPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * Returns the figures: the limit, and those of each step, by calls.
     *
     * @throws IOException when the bridge takes no calls before any number was good
     */
    public ObjectNode run() throws IOException, InterruptedException {
        LimitSearch.Limit limit = LimitSearch.search(plan.calls(), this::holds);
        boolean late = Optional.ofNullable(steps.get(limit.lowestBad()))
                .map(SteadyReport::generatorWasTheLimit)
                .orElse(false);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("mode", "limit").put("limit_p99_ms", SteadyReport.LIMIT_P99_MS);
        figures.put("highest_good_calls", limit.highestGood()).put("lowest_bad_calls", limit.lowestBad());
        if (limit.lowestBad() > 0) {
            figures.put("broken_because", reasons.get(limit.lowestBad()));
            figures.putObject("generator").put("was_the_limit", late);
        }
        ArrayNode all = figures.putArray("steps");
        steps.values().forEach(step -> all.add(step.figures()));
        out.println(summary(limit, late));
        out.flush();
        return figures;
    }

    /** Breaks who breaks twice: a stall of the machine may come at any number of calls. */
    private boolean holds(int calls) throws IOException, InterruptedException {
        return bears(calls) || bears(calls);
    }

    /** A bridge that dies, or takes no calls any more, has found its limit too. */
    private boolean bears(int calls) throws IOException, InterruptedException {
        Optional<String> broken;
        try (SteadyRun run = new SteadyRun(plan.withCalls(calls))) {
            SteadyReport report = run.run();
            steps.put(calls, report);
            broken = report.brokenBecause();
            out.println(report.summary());
        } catch (IOException e) {
            if (steps.values().stream().noneMatch(step -> step.brokenBecause().isEmpty())) {
                throw e;
            }
            broken = Optional.of(e.getMessage());
        }
        broken.ifPresent(why -> reasons.put(calls, why));
        out.printf("%5d calls: %s%n", calls, broken.map(why -> "broken, " + why).orElse("good"));
        out.flush();
        return broken.isEmpty();
    }

    private String summary(LimitSearch.Limit limit, boolean late) {
        if (limit.lowestBad() == 0) {
            return "bore " + limit.highestGood() + " calls, the most that are tried";
        }
        return "bore " + limit.highestGood() + " calls, broke at " + limit.lowestBad() + ": "
                + reasons.get(limit.lowestBad())
                + (late ? " (the generator was late there: it may have been the limit)" : "");
    }
}
