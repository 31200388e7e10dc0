package io.ringdown.engine.lane;

/** The pools of frames of a lane. */
public enum LanePool {
    UPLINK,
    DOWNLINK,
    MARKS
}
