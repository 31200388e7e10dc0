package io.ringdown.bridge.admission;

import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * The soft cap: while every lane is late, calls that are not answered yet are refused. While one is on time, connections are
 * given to that one. The thread that looks is always the same.
 *
 * @param clock the lanes' own
 */
public record SoftCap(Admission admission, List<LateLane> lanes, NanoClock clock) {
    /** How often to look. */
    public static final long LOOK_MS = 500;

    public void look() {
        long nowNs = clock.nanoTime();
        boolean late = true;
        for (LateLane lane : lanes) {
            lane.look(nowNs);
            late &= lane.isLate();
        }
        admission.late(late);
    }
}
