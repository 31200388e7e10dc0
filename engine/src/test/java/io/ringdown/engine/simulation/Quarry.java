package io.ringdown.engine.simulation;

import java.util.Map;

/** What a search found, in types that class loaders share. */
final class Quarry {
    private Quarry() {}

    /** Called by reflection. */
    static Map<String, Object> hunt(long calls) {
        Simulation.Found found = Simulation.search(0, calls);
        if (found == null) {
            return Map.of("calls", calls, "steps", 0, "callsNeeded", 0);
        }
        Report report = Report.of(found);
        return Map.of(
                "calls", found.calls(),
                "invariant", found.violation().invariant(),
                "steps", report.steps(),
                "callsNeeded", report.calls(),
                "report", report.toString());
    }
}
