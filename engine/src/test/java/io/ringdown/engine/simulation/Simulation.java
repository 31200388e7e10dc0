package io.ringdown.engine.simulation;

import java.util.List;

/** Sessions of calls, each from its seed. */
final class Simulation {
    static final int CALLS = 32;

    /** What a session came to. */
    record Found(long seed, Violation violation) {}

    private Simulation() {}

    /** Runs sessions until {@code calls} calls were made, from {@code seed} on. Returns the first that broke a promise, or null. */
    static Found search(long seed, long calls) {
        for (long session = seed; session < seed + (calls + CALLS - 1) / CALLS; session++) {
            Violation violation = run(ScriptWriter.session(session, CALLS), Trace.none());
            if (violation != null) {
                return new Found(session, violation);
            }
        }
        return null;
    }

    /** The first violation, or null. */
    static Violation run(List<Script> scripts, Trace trace) {
        try {
            World.run(scripts, trace);
            return null;
        } catch (Violation violation) {
            return violation;
        } catch (RuntimeException | Error e) {
            Violation thrown = new Violation("no error of ours", e.toString());
            thrown.initCause(e);
            return thrown;
        }
    }
}
