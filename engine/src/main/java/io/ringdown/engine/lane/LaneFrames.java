package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import org.agrona.concurrent.NanoClock;

/** The frames of a lane, a pool for each direction, so that neither can starve the other. Lane only. */
final class LaneFrames {
    /** Far more than a call has under way; a model that ends thousands of responses at once loses marks, not memory. */
    private static final int MARKS_PER_CALL = 64;

    /** One frame in so many has its way timed: reading a clock costs a tenth of relaying a frame. */
    private static final int TIMED_ONE_IN = 16;

    final FramePool uplink;
    final FramePool downlink;
    final FramePool marks;
    private final NanoClock clock;
    private int uplinkTaken;
    private int downlinkTaken;

    LaneFrames(LaneSettings settings, NanoClock clock) {
        this.clock = clock;
        uplink = new FramePool(LaneSettings.UPLINK_FRAME_CHARS, settings.uplinkFrames());
        downlink = new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, settings.downlinkFrames());
        marks = new FramePool(0, MARKS_PER_CALL * settings.maxCalls());
    }

    /** A frame for audio of a caller that is being read, or null when all are lent. */
    Frame takeUplink() {
        return timed(uplink.acquire(), ++uplinkTaken);
    }

    /** The same for audio of a model. */
    Frame takeDownlink() {
        return timed(downlink.acquire(), ++downlinkTaken);
    }

    private Frame timed(Frame frame, int taken) {
        if (taken % TIMED_ONE_IN == 0 && frame != null) {
            frame.readAt(clock.nanoTime());
        }
        return frame;
    }

    FramePool of(LanePool pool) {
        return switch (pool) {
            case UPLINK -> uplink;
            case DOWNLINK -> downlink;
            case MARKS -> marks;
        };
    }
}
