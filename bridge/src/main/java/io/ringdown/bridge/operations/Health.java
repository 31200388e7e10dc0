package io.ringdown.bridge.operations;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.Refusal;
import java.util.function.BooleanSupplier;

/** Whether the process should live, and whether it should be sent calls. Any thread. */
public record Health(BooleanSupplier lanesAlive, Admission admission) {
    /** Whether every lane turns. */
    boolean isLive() {
        return lanesAlive.getAsBoolean();
    }

    /** Why no call should be sent here now, or null if it should. */
    String notReadyBecause() {
        if (!isLive()) {
            return "a lane has stopped";
        }
        Refusal refusal = admission.refusal();
        return refusal == null ? null : refusal.sentence();
    }
}
