package io.ringdown.bridge.simulator;

/**
 * Limits for a bridge whose neighbours are simulated on the same machine: where that has other work, they may be seconds late,
 * and so may the bridge. What then ends a call by a timeout, or turns it away, says nothing about the bridge.
 */
public final class PatientLimits {
    /** For the inside of {@code limits} in {@code ringdown.yaml}: keys and values, set apart by a comma and a space. */
    public static final String YAML =
            "mark_slack_ms: 6000, response_done_wait_ms: 4000, model_connect_timeout_ms: 30000,"
                    + " session_timeout_ms: 30000, start_timeout_ms: 30000, late_ms: 60000";

    private PatientLimits() {}
}
