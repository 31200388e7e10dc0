package io.ringdown.engine.call;

/** How far a polite hangup looks before it is satisfied. */
public enum DrainPolicy {
    /** Until the carrier echoed the last mark: the caller has heard everything. */
    PLAYBACK,
    /** Until our queues are empty: the carrier may still be playing. */
    QUEUES,
}
