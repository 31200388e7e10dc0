package io.ringdown.engine.simulation;

import java.util.List;

/** Sessions of calls, each from its seed. */
final class Simulation {
    /** Calls of one session. */
    static final int CALLS = 32;

    /**
     * The first session that broke a promise.
     *
     * @param calls made until then
     * @param scripts of the calls that had connected, which mostly suffice to break it again
     */
    record Found(long seed, long calls, Violation violation, List<Script> scripts) {}

    private long events;

    /** Runs sessions until {@code calls} calls were made, from {@code seed} on. Returns the first that broke a promise, or null. */
    Found search(long seed, long calls) {
        for (long made = 0; made < calls; made += CALLS) {
            long session = seed + made / CALLS;
            World world = new World(Trace.none());
            Violation violation = run(world, ScriptWriter.session(session, CALLS));
            events += world.events();
            if (violation != null) {
                List<Script> connected = world.connected();
                return new Found(session, made + connected.size(), violation, connected);
            }
        }
        return null;
    }

    /** How many events the lanes of all searches have handled. */
    long events() {
        return events;
    }

    /** The first violation, or null. */
    static Violation run(List<Script> scripts, Trace trace) {
        return run(new World(trace), scripts);
    }

    private static Violation run(World world, List<Script> scripts) {
        try {
            world.run(scripts);
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
