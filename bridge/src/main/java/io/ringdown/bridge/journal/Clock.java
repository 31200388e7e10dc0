package io.ringdown.bridge.journal;

/** Turns the lane's time into ms since the call was opened, to the microsecond. */
final class Clock {
    private final long openedNs;
    private double lastMs;

    Clock(long openedNs) {
        this.openedNs = openedNs;
    }

    double ms(long ns) {
        return Math.round((ns - openedNs) / 1_000.0) / 1_000.0;
    }

    void tick(long ns) {
        lastMs = ms(ns);
    }

    /** Of the latest event. */
    double lastMs() {
        return lastMs;
    }
}
