package io.ringdown.engine.simulation;

import java.util.ArrayList;
import java.util.List;

/** Takes away what a failure does not need: first whole calls, then steps, in ever smaller pieces, as long as it fails alike. */
final class Shrinker {
    private final String invariant;
    private List<Script> scripts;

    private Shrinker(List<Script> scripts, String invariant) {
        this.scripts = scripts;
        this.invariant = invariant;
    }

    static List<Script> shrink(List<Script> scripts, Violation violation) {
        Shrinker shrinker = new Shrinker(scripts, violation.invariant());
        shrinker.shrinkCalls();
        for (int before = -1; before != shrinker.size(); ) {
            before = shrinker.size();
            for (int call = 0; call < shrinker.scripts.size(); call++) {
                shrinker.shrinkSteps(call);
            }
        }
        return shrinker.scripts;
    }

    static int steps(List<Script> scripts) {
        int steps = 0;
        for (Script script : scripts) {
            steps += script.steps().size();
        }
        return steps;
    }

    private int size() {
        return steps(scripts);
    }

    private boolean stillFails(List<Script> fewer) {
        Violation violation = Simulation.run(fewer, Trace.none());
        return violation != null && violation.invariant().equals(invariant);
    }

    private void shrinkCalls() {
        for (int piece = scripts.size() / 2; piece > 0; piece /= 2) {
            for (int from = 0; from < scripts.size() && scripts.size() > 1; ) {
                List<Script> fewer = without(scripts, from, piece);
                if (!fewer.isEmpty() && stillFails(fewer)) {
                    scripts = fewer;
                } else {
                    from += piece;
                }
            }
        }
    }

    private void shrinkSteps(int call) {
        for (int piece = Math.max(1, scripts.get(call).steps().size() / 2); piece > 0; piece /= 2) {
            for (int from = 0; from < scripts.get(call).steps().size(); ) {
                List<Script> fewer = new ArrayList<>(scripts);
                Script script = scripts.get(call);
                fewer.set(call, script.with(without(script.steps(), from, piece)));
                if (stillFails(fewer)) {
                    scripts = fewer;
                } else {
                    from += piece;
                }
            }
        }
    }

    private static <T> List<T> without(List<T> all, int from, int count) {
        List<T> rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(all.subList(Math.min(all.size(), from + count), all.size()));
        return rest;
    }
}
