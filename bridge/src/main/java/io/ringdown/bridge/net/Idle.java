package io.ringdown.bridge.net;

/** What a lane's thread does when a turn found nothing to do. */
public enum Idle {
    /** Parks in the selector until a socket is ready, another thread wakes it, or a timer is due. */
    PARK,
    /** Turns on. Takes a core of its own, and saves the wake-up. */
    SPIN
}
