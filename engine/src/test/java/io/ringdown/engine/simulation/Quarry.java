package io.ringdown.engine.simulation;

import java.util.Map;

/** What a search found, in types that class loaders share. */
final class Quarry {
    private Quarry() {}

    /** Called by reflection, from outside of the class loader. */
    static Map<String, Object> hunt(long calls) {
        Simulation.Found found = new Simulation().search(0, calls);
        if (found == null) {
            return Map.of("calls", calls, "invariant", "", "steps", 0, "report", "");
        }
        Report report = Report.of(found);
        return Map.of(
                "calls", found.calls(),
                "invariant", found.violation().invariant(),
                "steps", report.steps(),
                "report", report.toString());
    }
}
