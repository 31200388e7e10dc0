package io.ringdown.engine.lane;

/** What only tests want to know of a lane. */
public final class LaneInspection {
    private LaneInspection() {}

    /** Frames of all pools that nobody has given back. */
    public static int lentFrames(Lane lane) {
        int lent = 0;
        for (LanePool pool : LanePool.values()) {
            lent += lane.frames().of(pool).lent();
        }
        return lent;
    }
}
