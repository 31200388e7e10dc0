package io.ringdown.bridge.simulator;

import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.model.SessionRecord;

/**
 * How long a caller listened to nothing before the hangup: from the later of the last sample heard and the last event of the
 * model that a hangup could need.
 */
public final class DeadAir {
    private DeadAir() {}

    /** In ns; {@code hangupNs} is when the carrier's API was asked, as {@link System#nanoTime()}. Any thread. */
    public static long ns(CarrierCall call, SessionRecord model, long hangupNs) {
        long needed = call.lastHeardNs();
        for (SessionRecord.Sent sent : model.sent()) {
            if (sent.type().startsWith("response.") && sent.type().endsWith("done")) {
                needed = Math.max(needed, sent.atNs());
            }
        }
        return hangupNs - needed;
    }
}
