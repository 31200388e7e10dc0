package io.ringdown.engine.lane;

/** What only tests want to know of a lane. */
public final class LaneInspection {
    private LaneInspection() {}

    /** Frames of all pools that nobody has given back. */
    public static int lentFrames(Lane lane) {
        return lane.frames().lent();
    }
}
