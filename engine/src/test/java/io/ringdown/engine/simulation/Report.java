package io.ringdown.engine.simulation;

import java.util.List;

/** A broken promise for people: its seed, how to see it again, and the few events it takes. */
final class Report {
    private final Simulation.Found found;
    private final List<Script> shrunk;

    private Report(Simulation.Found found, List<Script> shrunk) {
        this.found = found;
        this.shrunk = shrunk;
    }

    static Report of(Simulation.Found found) {
        Violation again = Simulation.run(found.scripts(), Trace.none());
        boolean suffices =
                again != null && again.invariant().equals(found.violation().invariant());
        List<Script> scripts = suffices ? found.scripts() : ScriptWriter.session(found.seed(), Simulation.CALLS);
        return new Report(found, Shrinker.shrink(scripts, found.violation()));
    }

    /** How many steps of the script it takes. */
    int steps() {
        return Shrinker.steps(shrunk);
    }

    @Override
    public String toString() {
        Trace trace = Trace.kept();
        Violation again = Simulation.run(shrunk, trace);
        StringBuilder text = new StringBuilder("\nbroken after " + found.calls() + " calls: ")
                .append(found.violation().getMessage())
                .append("\nreplay with: ./mvnw -pl engine test -Dtest=SimulationTest -Dsimulation.seed=")
                .append(found.seed())
                .append("\nshrunk: ")
                .append(again == null ? "it holds" : again.getMessage());
        for (Script call : shrunk) {
            text.append("\n  call ")
                    .append(call.call())
                    .append(", drain=")
                    .append(call.settings().drain());
            text.append(", connects at ")
                    .append(call.connectsAtMs())
                    .append(" ms: ")
                    .append(call.steps());
        }
        return text.append('\n').append(trace).toString();
    }
}
