package io.ringdown.bridge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In virtual time: a lane turns when the test says so. */
class SoftCapTest {
    private static final int LIMIT_MS = 400;

    private final Admission admission = new Admission(10);
    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private final Lane first = lane("lane-0");
    private final Lane second = lane("lane-1");
    private final LateLane late = new LateLane(first, TimeUnit.MILLISECONDS.toNanos(LIMIT_MS));
    private final LateLane other = new LateLane(second, TimeUnit.MILLISECONDS.toNanos(LIMIT_MS));

    private Lane lane(String name) {
        return new Lane(name, LaneSettings.forCalls(2), () -> nowNs, hangup -> true, () -> {});
    }

    private SoftCap of(LateLane... lanes) {
        return new SoftCap(admission, List.of(lanes), () -> nowNs);
    }

    /** Half a second in which the lane takes {@code turnMs} for a turn, and then a look. */
    private void look(SoftCap cap, Lane lane, long turnMs) {
        lane.doWork();
        nowNs += TimeUnit.MILLISECONDS.toNanos(turnMs);
        lane.doWork();
        lane.lateness().parkedUntil(Long.MAX_VALUE);
        nowNs += TimeUnit.MILLISECONDS.toNanos(Math.max(0, SoftCap.LOOK_MS - turnMs));
        cap.look();
    }

    private void looks(SoftCap cap, Lane lane, int times, long turnMs) {
        for (int i = 0; i < times; i++) {
            look(cap, lane, turnMs);
        }
    }

    @Test
    void shouldAnswerCallersWhileTheLaneIsOnTime() {
        looks(of(late), first, 20, LIMIT_MS - 1);
        assertThat(admission.refusal()).isNull();
    }

    @Test
    void shouldRefuseCallersOnceTheLaneIsLateThreeLooksInARow() {
        SoftCap cap = of(late);
        looks(cap, first, 2, LIMIT_MS);
        assertThat(admission.answer()).isNull();
        look(cap, first, LIMIT_MS);
        assertThat(admission.answer()).isEqualTo(Refusal.LATE);
        assertThat(admission.refused(Refusal.LATE)).isEqualTo(1);
    }

    @Test
    void shouldForgiveOnePause() {
        SoftCap cap = of(late);
        for (int i = 0; i < 10; i++) {
            looks(cap, first, 2, 2 * LIMIT_MS);
            look(cap, first, 100);
        }
        assertThat(admission.refusal()).isNull();
    }

    @Test
    void shouldGoOnRefusingUntilTheLaneIsUnderHalfTheLimitForFiveSeconds() {
        SoftCap cap = of(late);
        looks(cap, first, 3, LIMIT_MS);
        looks(cap, first, 20, LIMIT_MS / 2);
        assertThat(admission.refusal()).as("just above half").isEqualTo(Refusal.LATE);
        looks(cap, first, 9, 100);
        look(cap, first, LIMIT_MS - 1);
        assertThat(admission.refusal()).as("not in a row").isEqualTo(Refusal.LATE);
        looks(cap, first, 9, 100);
        assertThat(admission.refusal()).isEqualTo(Refusal.LATE);
        look(cap, first, 100);
        assertThat(admission.refusal()).isNull();
    }

    @Test
    void shouldNoticeALaneThatDoesNotTurnAnyMore() {
        SoftCap cap = of(late);
        first.doWork();
        for (int i = 0; i < 3; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(SoftCap.LOOK_MS);
            cap.look();
        }
        assertThat(admission.refusal()).isEqualTo(Refusal.LATE);
    }

    @Test
    void shouldAnswerCallersWhileOneLaneIsOnTime() {
        SoftCap cap = of(late, other);
        looks(cap, first, 5, LIMIT_MS);
        assertThat(late.isLate()).isTrue();
        assertThat(other.isLate()).isFalse();
        assertThat(admission.refusal()).isNull();
    }

    @Test
    void shouldLetInWhomItAnsweredBefore() {
        SoftCap cap = of(late);
        looks(cap, first, 3, LIMIT_MS);
        assertThat(admission.refusal()).isEqualTo(Refusal.LATE);
        assertThat(admission.enter()).isTrue();
    }
}
