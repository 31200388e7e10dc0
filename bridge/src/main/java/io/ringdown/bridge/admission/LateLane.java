package io.ringdown.bridge.admission;

import io.ringdown.engine.lane.Lane;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one lane is late: so late, look after look, that another call would harm those it has. One pause of the machine
 * makes no lane late, and one good moment does not end it.
 */
public final class LateLane {
    /** So many looks in a row over the limit: 1.5 s. */
    private static final int LATE_AFTER = 3;

    /** So many in a row under half of it: 5 s. */
    private static final int ON_TIME_AFTER = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LateLane.class);

    private final Lane lane;
    private final long limitNs;
    private int looks; // in a row that speak against what is said now
    private volatile boolean late;

    /** {@code limitNs} is in ns beyond the lane's tick. */
    public LateLane(Lane lane, long limitNs) {
        this.lane = lane;
        this.limitNs = limitNs;
    }

    /** Looks at the worst since the last look. Always the same thread. */
    void look(long nowNs) {
        long worstNs = lane.lateness().takeWorstNs(nowNs);
        boolean against = late ? worstNs < limitNs / 2 : worstNs >= limitNs;
        looks = against ? looks + 1 : 0;
        if (looks >= (late ? ON_TIME_AFTER : LATE_AFTER)) {
            looks = 0;
            late = !late;
            tell(worstNs);
        }
    }

    private void tell(long worstNs) {
        long worstMs = TimeUnit.NANOSECONDS.toMillis(worstNs);
        if (late) {
            LOG.warn(
                    "{} is late and should get no new calls: by {} ms, with {} calls",
                    lane.roleName(),
                    worstMs,
                    lane.calls());
        } else {
            LOG.info("{} is on time again, with {} calls", lane.roleName(), lane.calls());
        }
    }

    /** Any thread. */
    public boolean isLate() {
        return late;
    }
}
