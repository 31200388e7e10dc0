package io.ringdown.bridge.carrier.twilio;

import io.ringdown.engine.call.CallSettings;

/**
 * The answer to a stream that wants in.
 *
 * @param settings what its call is to be like; null: what it was opened with
 * @param refusal why it is not let in, or null if it is
 */
public record Admittance(CallSettings settings, String refusal) {
    public static Admittance letIn(CallSettings settings) {
        return new Admittance(settings, null);
    }

    public static Admittance refused(String why) {
        return new Admittance(null, why);
    }
}
