package io.ringdown.engine.simulation;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dringdown.simulation.calls=N} makes more calls or fewer; {@code -Dringdown.simulation.seed=N} makes the session of
 * one seed and prints it.
 */
class SimulationTest {
    private static final long CALLS = Long.getLong("ringdown.simulation.calls", 1_000_000);
    private static final Long SEED = Long.getLong("ringdown.simulation.seed");

    @Test
    @DisplayName("a million calls, any interleaving, any fault: every promise holds")
    void shouldKeepEveryPromise() {
        long startNs = System.nanoTime();
        Simulation.Found found = SEED == null ? Simulation.search(0, CALLS) : Simulation.search(SEED, Simulation.CALLS);
        if (found != null) {
            fail(report(found));
        }
        long calls = SEED == null ? CALLS : Simulation.CALLS;
        System.out.printf(
                "simulation: %,d calls, %,d a second%n", calls, perSecond(calls, System.nanoTime() - startNs));
    }

    private static long perSecond(long calls, long tookNs) {
        return calls * 1_000_000_000L / Math.max(1, tookNs);
    }

    static String report(Simulation.Found found) {
        List<Script> scripts = Shrinker.shrink(ScriptWriter.session(found.seed(), Simulation.CALLS), found.violation());
        Trace trace = Trace.kept();
        Violation violation = Simulation.run(scripts, trace);
        StringBuilder script = new StringBuilder();
        for (Script call : scripts) {
            script.append("call ")
                    .append(call.call())
                    .append(" ")
                    .append(call.settings().drain())
                    .append(' ');
            script.append(call.steps()).append('\n');
        }
        return "seed=" + found.seed() + " " + found.violation().getMessage() + "\nshrunk: "
                + (violation == null ? "it holds" : violation.getMessage()) + "\n" + script + trace
                + "\nreplay: ./mvnw -q -pl engine test -Dtest=SimulationTest -Dringdown.simulation.seed="
                + found.seed();
    }
}
