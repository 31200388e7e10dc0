package io.ringdown.engine.simulation.incident;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/**
 * What the simulation finds in an engine with some lines changed.
 *
 * @param calls made until then, or in all
 * @param invariant that did not hold, empty if all did
 * @param steps of the script that are left when it is shrunk
 * @param report for people, empty if there is nothing to report
 */
record Hunt(long calls, String invariant, int steps, String report) {
    static Hunt of(List<Edit> edits, long calls) throws IOException, ReflectiveOperationException {
        Class<?> quarry = new FaultyEngine(edits).loadClass("io.ringdown.engine.simulation.Quarry");
        Method hunt = quarry.getDeclaredMethod("hunt", long.class);
        hunt.setAccessible(true);
        Map<?, ?> found = (Map<?, ?>) hunt.invoke(null, calls);
        return new Hunt(
                (Long) found.get("calls"), (String) found.get("invariant"), (Integer) found.get("steps"), (String)
                        found.get("report"));
    }
}
