package io.ringdown.engine.call;

/**
 * How a hangup was found due that had something to wait for: known at its claim, counted when it is confirmed.
 *
 * @param drain how the end of the caller's listening was known
 * @param deadAirNs from the later of the last sample heard and the last event of the model that was needed; 0 if audio was
 *     left
 * @param cutOffBytes μ-law audio the caller had yet to hear, by the playout clock; 0 if the carrier echoed its last mark
 */
public record PoliteEnd(Drain drain, long deadAirNs, long cutOffBytes) {
    /** What became of the goodbye, as far as can be known. The names are those of the metrics. */
    public enum Heard {
        /** In full: the carrier echoed the mark behind it. */
        CONFIRMED,
        /** In full by the playout clock, and no echo says so. */
        RECKONED,
        /** Not to its end. */
        CUT_OFF
    }

    public Heard heard() {
        if (cutOffBytes > 0) {
            return Heard.CUT_OFF;
        }
        return drain == Drain.MARK ? Heard.CONFIRMED : Heard.RECKONED;
    }
}
