package io.ringdown.engine.simulation;

import io.ringdown.engine.call.CallSettings;
import java.util.List;

/**
 * What happens in one call, whatever the engine does.
 *
 * @param call number of the call in its session
 * @param settings what the call is like
 * @param connectsAtMs when its carrier connects, since the session began
 * @param steps in the order of time
 */
record Script(int call, CallSettings settings, int connectsAtMs, List<Step> steps) {
    Script connectedAt(int ms) {
        return new Script(call, settings, ms, steps);
    }

    Script with(List<Step> fewer) {
        return new Script(call, settings, connectsAtMs, fewer);
    }
}
