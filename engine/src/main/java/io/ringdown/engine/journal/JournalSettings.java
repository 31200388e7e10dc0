package io.ringdown.engine.journal;

import java.time.Duration;

/**
 * What is kept of calls, and for how long.
 *
 * @param redacted whether words are left out
 * @param keptFor how old a segment may become
 * @param maxBytes of all segments together; at least two for each lane are kept
 * @param segmentBytes of one segment
 */
public record JournalSettings(boolean redacted, Duration keptFor, long maxBytes, int segmentBytes) {
    /** Smaller ones would not hold what a lane may do in one turn. */
    private static final int MIN_SEGMENT_BYTES = 256 * 1_024;

    /** Throws {@link IllegalArgumentException} for a segment that holds no turn. */
    public JournalSettings {
        if (segmentBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException("a segment of " + segmentBytes + " bytes");
        }
    }

    /** With segments of the usual size. */
    public JournalSettings(boolean redacted, Duration keptFor, long maxBytes) {
        this(redacted, keptFor, maxBytes, Journal.SEGMENT_BYTES);
    }
}
