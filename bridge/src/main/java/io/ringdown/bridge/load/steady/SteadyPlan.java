package io.ringdown.bridge.load.steady;

import io.ringdown.bridge.load.LoadPlan;
import java.util.Optional;

/**
 * A run of steady calls.
 *
 * @param load how many, from where, to where; all of them stand at the same time
 * @param settleSeconds that all calls stand before
 * @param seconds measured then
 * @param pid of a bridge that is not ours; empty: what it costs is not measured
 * @param bridgeCpu a bridge of our own is bound to this CPU
 * @param tls of both legs; empty: plain
 * @param goodbye whether the models say goodbye at the end, for the bridge to hang up; else the callers do
 */
public record SteadyPlan(
        LoadPlan load,
        int settleSeconds,
        int seconds,
        Optional<Long> pid,
        Optional<Integer> bridgeCpu,
        Optional<LoadTls> tls,
        boolean goodbye) {
    int calls() {
        return load.calls();
    }

    /** The same with another number of calls. */
    SteadyPlan withCalls(int calls) {
        LoadPlan other = new LoadPlan(
                calls,
                calls,
                load.rampMs(),
                load.route(),
                load.publicUrl(),
                load.modelPort(),
                load.restPort(),
                load.account(),
                load.seed());
        return new SteadyPlan(other, settleSeconds, seconds, pid, bridgeCpu, tls, goodbye);
    }
}
