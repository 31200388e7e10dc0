package io.ringdown.bridge.simulator.carrier;

/** What the carrier makes of a request to complete a call. */
public enum Completion {
    /** The call was live; it ends now. */
    COMPLETED,
    /** The call had ended already. */
    NOT_IN_PROGRESS,
    /** There was never such a call. */
    UNKNOWN
}
