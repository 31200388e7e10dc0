package io.ringdown.bridge.load;

import io.ringdown.bridge.simulator.carrier.Account;
import java.util.Optional;

/**
 * What load is asked for.
 *
 * @param calls in all
 * @param concurrent at the same time, at most
 * @param rampMs between the starts of two calls
 * @param url the bridge's voice webhook ({@code http}) or stream ({@code ws}); empty: a bridge of our own is started
 * @param publicUrl what the bridge believes to be its public URL, for signatures
 * @param modelPort where our model listens for the bridge; 0: any
 * @param restPort where the carrier's REST API listens for the bridge; 0: any
 * @param seed of all that is random
 */
public record LoadPlan(
        int calls,
        int concurrent,
        int rampMs,
        Optional<String> url,
        String publicUrl,
        int modelPort,
        int restPort,
        Account account,
        long seed) {}
