package io.ringdown.bridge.admission;

import java.time.Instant;

/**
 * How far a drain has come.
 *
 * @param callsLeft live calls, those of dead lanes left out
 * @param msToLimit until calls that go on are asked to end; 0 when that has come
 */
public record DrainProgress(Stage stage, Instant since, int callsLeft, long msToLimit) {
    /** What live calls are told, in this order. */
    public enum Stage {
        /** Nothing: they finish as they would. */
        FINISHING,
        /** Goodbye, and the caller hears it. */
        FAREWELL,
        /** Hung up, whatever is being said. */
        ENDING,
        /** No call is left, or none that can be waited for. */
        DONE
    }
}
