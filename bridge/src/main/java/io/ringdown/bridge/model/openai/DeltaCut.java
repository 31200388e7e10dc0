package io.ringdown.bridge.model.openai;

import io.ringdown.engine.lane.LaneSettings;

/**
 * How a delta is cut into frames without being decoded: whole if it fits, else in full frames of a multiple of 640
 * characters, the last two alike in length, so that no piece is a sliver a carrier would stutter on.
 */
final class DeltaCut {
    private static final int FRAME_CHARS = LaneSettings.DOWNLINK_FRAME_CHARS;
    private static final int GROUP_CHARS = 4;

    private DeltaCut() {}

    /** Characters of the next piece, of {@code chars} that are left; the rest of the delta is cut by asking again. */
    static int next(int chars) {
        if (chars <= FRAME_CHARS) {
            return chars;
        }
        return chars > 2 * FRAME_CHARS ? FRAME_CHARS : half(chars);
    }

    private static int half(int chars) {
        return (chars / 2 + GROUP_CHARS - 1) / GROUP_CHARS * GROUP_CHARS;
    }
}
