package io.ringdown.engine.lane;

import io.ringdown.engine.audio.FramePool;

/** The frames of a lane, a pool for each direction, so that neither can starve the other. Lane only. */
final class LaneFrames {
    /** Far more than a call has under way; a model that ends thousands of responses at once loses marks, not memory. */
    private static final int MARKS_PER_CALL = 64;

    final FramePool uplink;
    final FramePool downlink;
    final FramePool marks;

    LaneFrames(LaneSettings settings) {
        uplink = new FramePool(LaneSettings.UPLINK_FRAME_CHARS, settings.uplinkFrames());
        downlink = new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, settings.downlinkFrames());
        marks = new FramePool(0, MARKS_PER_CALL * settings.maxCalls());
    }

    /** Frames that somebody has yet to give back. */
    int lent() {
        return uplink.lent() + downlink.lent() + marks.lent();
    }
}
