package io.ringdown.engine.simulation;

import java.util.ArrayList;
import java.util.List;

/** What went in and what came out, with virtual milliseconds, for people. Nothing is kept unless somebody reads it. */
final class Trace {
    private final List<String> lines;

    private Trace(List<String> lines) {
        this.lines = lines;
    }

    static Trace none() {
        return new Trace(null);
    }

    static Trace kept() {
        return new Trace(new ArrayList<>());
    }

    boolean isKept() {
        return lines != null;
    }

    void line(World world, SimulatedCall call, String what) {
        if (lines != null) {
            String where = call == null ? "" : "call " + call.script.call();
            lines.add(String.format("%8d ms  %-8s %s", world.nowMs(), where, what));
        }
    }

    @Override
    public String toString() {
        return lines == null ? "" : String.join("\n", lines);
    }
}
