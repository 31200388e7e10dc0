package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Route;
import java.util.Optional;

/**
 * What a load run is to be.
 *
 * @param calls in all
 * @param concurrent at the same time, at most
 * @param rampMs between the starts of two calls
 * @param route to the bridge; empty: one of our own is started
 * @param publicUrl what a bridge of our own is to believe its public URL to be
 * @param modelPort where our model listens for the bridge; 0: any
 * @param restPort where the carrier's REST API listens for the bridge; 0: any
 * @param seed of all that is random
 */
public record LoadPlan(
        int calls,
        int concurrent,
        int rampMs,
        Optional<Route> route,
        String publicUrl,
        int modelPort,
        int restPort,
        Account account,
        long seed) {
    /** In a hangup that is tried again although it was done, the second comes within this. */
    public static final long DOUBLE_HANGUP_MS = 1_500;
}
