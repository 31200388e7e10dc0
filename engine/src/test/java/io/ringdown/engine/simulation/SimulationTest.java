package io.ringdown.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The same million calls in every build, so that a failure is the change's and not the day's. {@code -Dsimulation.calls=N}
 * makes more or fewer, {@code -Dsimulation.seed=random} other ones; {@code -Dsimulation.seed=N} alone makes the one session
 * of that seed.
 */
class SimulationTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String SEED = System.getProperty("simulation.seed", "");
    private static final long DEFAULT_CALLS = SEED.isEmpty() || SEED.equals("random") ? 1_000_000 : Simulation.CALLS;
    private static final long CALLS = Long.getLong("simulation.calls", DEFAULT_CALLS);

    @Test
    @DisplayName("a million calls, any interleaving, any fault: every promise holds")
    void shouldKeepEveryPromise() {
        long seed = seed();
        Simulation simulation = new Simulation();
        long startNs = System.nanoTime();
        long startCpuNs = THREADS.getCurrentThreadCpuTime();
        Simulation.Found found = simulation.search(seed, CALLS);
        if (found != null) {
            fail(Report.of(found).toString());
        }
        System.out.printf(
                "simulation: %,d calls from seed %d, %,d events, in %.1f s, of which this thread ran %.1f s%n",
                CALLS,
                seed,
                simulation.events(),
                (System.nanoTime() - startNs) / 1e9,
                (THREADS.getCurrentThreadCpuTime() - startCpuNs) / 1e9);
    }

    private static long seed() {
        if (SEED.equals("random")) {
            return ThreadLocalRandom.current().nextLong(1L << 40);
        }
        return SEED.isEmpty() ? 0 : Long.parseLong(SEED);
    }

    @Test
    void shouldMakeTheSameCallsOfTheSameSeed() {
        assertThat(traceOf(7)).isEqualTo(traceOf(7)).isNotEqualTo(traceOf(8));
    }

    @Test
    void shouldMakeOtherCallsOfEverySeed() {
        List<String> calls = new ArrayList<>();
        for (long seed = 0; seed < 64; seed++) {
            for (Script call : ScriptWriter.session(seed, Simulation.CALLS)) {
                calls.add(call.steps().toString());
            }
        }
        assertThat(calls.stream().filter(call -> call.length() > 100)).doesNotHaveDuplicates();
    }

    private static String traceOf(long seed) {
        Trace trace = Trace.kept();
        Simulation.run(ScriptWriter.session(seed, Simulation.CALLS), trace);
        return trace.toString();
    }
}
