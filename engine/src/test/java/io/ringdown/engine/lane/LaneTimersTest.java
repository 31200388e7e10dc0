package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.CallSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTimersTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long START_NS = -TimeUnit.HOURS.toNanos(5);

    private final LaneTimers timers = new LaneTimers(START_NS);
    private final List<Call> fired = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    @BeforeEach
    void makeCalls() {
        LaneRig rig = new LaneRig(new LaneSettings(1_024, 300, 8, 8, 1_600, 1_600));
        CallSettings settings = rig.settings();
        for (int i = 0; i < 300; i++) {
            CallPort port = new CallPort(rig.lane, i, 1, new io.ringdown.engine.call.HangupLatch());
            calls.add(new Call(
                    rig.lane, port, settings, own -> new Legs(new FakeCarrier(rig), new FakeModel()), summary -> {}));
        }
    }

    @Test
    void shouldFireAtTheDeadlineAndNotBefore() {
        timers.schedule(calls.get(0), START_NS + 3 * MS);

        assertThat(timers.nextNs()).isEqualTo(START_NS + 3 * MS);
        assertThat(timers.fire(START_NS + 3 * MS - 1, fired::add)).isZero();
        assertThat(timers.fire(START_NS + 3 * MS, fired::add)).isEqualTo(1);
        assertThat(timers.fire(START_NS + 4 * MS, fired::add)).isZero();
        assertThat(timers.nextNs()).isEqualTo(Call.NEVER);
    }

    @Test
    void shouldFireWhatIsDueAlready() {
        timers.fire(START_NS + 500 * MS, fired::add);
        timers.schedule(calls.get(0), START_NS + 100 * MS);

        assertThat(timers.fire(START_NS + 500 * MS, fired::add)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheEarlierOfTwoDeadlines() {
        timers.schedule(calls.get(0), START_NS + 100 * MS);
        timers.schedule(calls.get(0), START_NS + 300 * MS);
        assertThat(timers.nextNs()).isEqualTo(START_NS + 100 * MS);

        timers.schedule(calls.get(0), START_NS + 50 * MS);
        assertThat(timers.nextNs()).isEqualTo(START_NS + 50 * MS);
        assertThat(timers.fire(START_NS + 300 * MS, fired::add)).isEqualTo(1);
    }

    @Test
    void shouldForgetACancelledTimerAndNobodyElses() {
        timers.schedule(calls.get(0), START_NS + 10 * MS);
        timers.cancel(calls.get(0));
        timers.schedule(calls.get(1), START_NS + 10 * MS);
        timers.cancel(calls.get(0));

        timers.fire(START_NS + 20 * MS, fired::add);
        assertThat(fired).containsExactly(calls.get(1));
    }

    @Test
    void shouldCatchUpWithHoursInOneGo() {
        timers.fire(START_NS + TimeUnit.HOURS.toNanos(1_000), fired::add);
        timers.schedule(calls.get(0), START_NS + TimeUnit.HOURS.toNanos(1_001));
        timers.fire(START_NS + TimeUnit.HOURS.toNanos(1_002), fired::add);
        timers.schedule(calls.get(1), START_NS + TimeUnit.HOURS.toNanos(1_002) + MS);
        timers.fire(START_NS + TimeUnit.HOURS.toNanos(1_002) + 2 * MS, fired::add);

        assertThat(fired).containsExactly(calls.get(0), calls.get(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldFireEveryTimerInTimeNeverEarlyNeverLost(long seed) {
        Random random = new Random(seed);
        Map<Call, Long> expected = new HashMap<>();
        long nowNs = START_NS;
        for (int round = 0; round < 3_000; round++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                Call call = calls.get(random.nextInt(calls.size()));
                long dueNs = nowNs + randomWaitNs(random);
                timers.schedule(call, dueNs);
                expected.merge(call, dueNs, Math::min);
            }
            if (random.nextInt(3) == 0) {
                Call gone = calls.get(random.nextInt(calls.size()));
                timers.cancel(gone);
                expected.remove(gone);
            }
            assertThat(timers.nextNs())
                    .isEqualTo(expected.values().stream().min(Long::compare).orElse(Call.NEVER));

            boolean jump = random.nextInt(1_000) == 0;
            nowNs += jump ? TimeUnit.HOURS.toNanos(random.nextInt(9)) : random.nextInt(40_000_000);
            fireAndCheck(nowNs, expected);
        }
    }

    private void fireAndCheck(long nowNs, Map<Call, Long> expected) {
        List<Call> due = new ArrayList<>();
        expected.forEach((call, dueNs) -> {
            if (dueNs <= nowNs) {
                due.add(call);
            }
        });
        fired.clear();
        assertThat(timers.fire(nowNs, fired::add)).isEqualTo(due.size());
        assertThat(fired).containsExactlyInAnyOrderElementsOf(due);
        due.forEach(expected::remove);
    }

    private static long randomWaitNs(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1_000);
            case 1 -> random.nextInt(5_000_000);
            case 2 -> random.nextInt(2_000_000_000);
            default -> TimeUnit.SECONDS.toNanos(random.nextInt(36_000));
        };
    }
}
