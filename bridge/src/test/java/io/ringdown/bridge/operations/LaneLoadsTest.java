package io.ringdown.bridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.Phase;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is seen of lanes that are looked at once a second, in virtual time. */
class LaneLoadsTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private long nowNs = TimeUnit.DAYS.toNanos(1);
    private final Lane lane = new Lane("lane-0", LaneSettings.forCalls(7), () -> nowNs, command -> true, () -> {});
    private final LaneLoads loads = new LaneLoads(List.of(lane), () -> nowNs);

    @Test
    void shouldShowAnIdleLaneFromTheStart() {
        LaneLoad idle = loads.latest().get(0);
        assertThat(idle.lane()).isEqualTo("lane-0");
        assertThat(idle.capacity()).isEqualTo(7);
        assertThat(idle.busyShare()).isZero();
        assertThat(idle.turns()).isEqualTo(new LaneLoad.Percentiles(0, 0, 0, 0));
        assertThat(idle.calls())
                .containsOnlyKeys(
                        Phase.AWAITING_START, Phase.CONNECTING, Phase.CONFIGURING, Phase.TALKING, Phase.ENDING);
        assertThat(idle.calls().values()).containsOnly(0);
    }

    @Test
    void shouldTellTheShareOfTheLastSecondThatTurnsTook() {
        for (int i = 0; i < 25; i++) {
            lane.turned(1, 10 * MS);
        }
        assertThat(afterASecond().busyShare()).isEqualTo(0.25);
        assertThat(afterASecond().busyShare()).isZero();
        lane.turned(1, 3_000 * MS);
        assertThat(afterASecond().busyShare()).isEqualTo(1);
    }

    @Test
    void shouldForgetTurnsAfterTenSecondsAndTheLongestAfterSixty() {
        lane.turned(1, 500 * MS);
        assertThat(afterASecond().turns().count()).isEqualTo(1);
        lane.turned(1, 5 * MS);
        LaneLoad both = afterASecond();
        assertThat(both.turns().count()).isEqualTo(2);
        assertThat(both.turns().p99Ns()).isGreaterThan(300 * MS);
        assertThat(both.longestTurnNs()).isEqualTo(500 * MS);
        assertThat(both.stalls()).isEqualTo(1);

        for (int i = 0; i < 9; i++) {
            afterASecond();
        }
        assertThat(loads.latest().get(0).turns().count()).isEqualTo(1);
        for (int i = 0; i < 49; i++) {
            afterASecond();
        }
        assertThat(loads.latest().get(0).longestTurnNs()).isEqualTo(500 * MS);
        for (int i = 0; i < 2; i++) {
            afterASecond();
        }
        assertThat(loads.latest().get(0).longestTurnNs()).isZero();
        assertThat(loads.latest().get(0).stalls()).isEqualTo(1);
    }

    private LaneLoad afterASecond() {
        nowNs += TimeUnit.SECONDS.toNanos(1);
        loads.look();
        return loads.latest().get(0);
    }
}
