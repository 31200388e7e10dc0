package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static final int TICK_MS = 10;

    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private final Lane lane = new Lane("lane-0", LaneRig.SMALL.ticking(TICK_MS), () -> nowNs, hangup -> true, () -> {});

    private void pass(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private long worstMs() {
        return TimeUnit.NANOSECONDS.toMillis(lane.lateness().takeWorstNs(nowNs));
    }

    @Test
    void shouldNotBeLateBeforeItsFirstTurn() {
        pass(5_000);
        assertThat(worstMs()).isZero();
    }

    @Test
    void shouldNotBeLateWithNothingToDo() {
        lane.doWork();
        lane.lateness().parkedUntil(lane.nextDeadlineNs());
        pass(5_000);
        assertThat(worstMs()).isZero();
        lane.doWork();
        assertThat(worstMs()).isZero();
    }

    @Test
    void shouldBeOnTimeWithinItsTick() {
        lane.doWork();
        pass(TICK_MS);
        lane.doWork();
        assertThat(worstMs()).isZero();
    }

    @Test
    void shouldBeAsLateAsItsTurnsAreLongBeyondTheTick() {
        lane.doWork();
        pass(70);
        lane.doWork();
        pass(40);
        lane.doWork();
        assertThat(worstMs()).as("the worst").isEqualTo(60);
        assertThat(worstMs()).as("taken").isZero();
    }

    @Test
    void shouldBeLateWhileATurnDoesNotEnd() {
        lane.doWork();
        pass(1_010);
        assertThat(worstMs()).isEqualTo(1_000);
        pass(1_000);
        assertThat(worstMs()).isEqualTo(2_000);
    }

    @Test
    void shouldBeAsLateAsItMissesWhatItParkedFor() {
        LaneRig rig = new LaneRig();
        rig.connect();
        rig.turn();
        long dueNs = rig.lane.nextDeadlineNs();
        rig.lane.lateness().parkedUntil(dueNs);
        rig.nowNs = dueNs - 1;
        assertThat(rig.lane.lateness().takeWorstNs(rig.nowNs)).isZero();
        rig.nowNs = dueNs + 7;
        rig.turn();
        assertThat(rig.lane.lateness().takeWorstNs(rig.nowNs)).isEqualTo(7);
    }
}
