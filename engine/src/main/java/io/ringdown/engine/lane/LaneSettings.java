package io.ringdown.engine.lane;

import io.ringdown.engine.audio.MuLaw;

/**
 * The sizes of a lane.
 *
 * @param ringSlots events that may wait, a power of two; more than one full read of a socket can hold
 * @param maxCalls calls that may live at once
 * @param uplinkFrames frames of caller audio that may exist at once, for all calls
 * @param downlinkFrames frames of model audio that may exist at once, for all calls
 * @param heldUplinkBytes caller audio held for one call while its model cannot take it, in μ-law bytes
 * @param outBytes model audio that may wait for one call, in μ-law bytes
 * @param tickMs how long after a turn the next may come although something is due
 * @param redacted whether the log leaves out what was said
 */
public record LaneSettings(
        int ringSlots,
        int maxCalls,
        int uplinkFrames,
        int downlinkFrames,
        int heldUplinkBytes,
        int outBytes,
        int tickMs,
        boolean redacted) {
    /** Base64 characters of an uplink frame: 120 ms, six of the carrier's messages. */
    public static final int UPLINK_FRAME_CHARS = 2 * 640;

    /** Base64 characters of a downlink frame: 360 ms, so that the model's usual 250 ms fit whole and within the lead. */
    public static final int DOWNLINK_FRAME_CHARS = 6 * 640;

    /** Of a lane that turns whenever something is due. */
    public LaneSettings(
            int ringSlots, int maxCalls, int uplinkFrames, int downlinkFrames, int heldUplinkBytes, int outBytes) {
        this(ringSlots, maxCalls, uplinkFrames, downlinkFrames, heldUplinkBytes, outBytes, 0, false);
    }

    /**
     * For {@code maxCalls} calls: 2 s of caller audio held and 240 s of model audio waiting at most in one call (4,096
     * output tokens are about 205 s), 16 s on average in all; but never fewer frames than one call can hold, and half as
     * many for the others.
     */
    public static LaneSettings forCalls(int maxCalls) {
        return new LaneSettings(
                8_192, maxCalls, 128 * Math.max(8, maxCalls), 48 * Math.max(32, maxCalls), 16_000, 1_920_000);
    }

    /** The same, holding {@code heldUplinkMs} of caller audio. */
    public LaneSettings holding(int heldUplinkMs) {
        return new LaneSettings(
                ringSlots,
                maxCalls,
                uplinkFrames,
                downlinkFrames,
                heldUplinkMs * MuLaw.BYTES_PER_MS,
                outBytes,
                tickMs,
                redacted);
    }

    /** The same, turning as late as {@code tickMs} after the turn before. */
    public LaneSettings ticking(int tickMs) {
        return new LaneSettings(
                ringSlots, maxCalls, uplinkFrames, downlinkFrames, heldUplinkBytes, outBytes, tickMs, redacted);
    }

    /** The same; with {@code redacted} its log leaves out what was said. */
    public LaneSettings redacting(boolean redacted) {
        return new LaneSettings(
                ringSlots, maxCalls, uplinkFrames, downlinkFrames, heldUplinkBytes, outBytes, tickMs, redacted);
    }
}
