package io.ringdown.bridge.hangup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldTryAtOnceThenAfterAQuarterThenAfterASecond() {
        RestLimits limits = RestLimits.threeTries(Duration.ofSeconds(3));
        assertThat(limits.pauses()).containsExactly(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(1_000));
        assertThat(limits.patience()).isEqualTo(Duration.ofMillis(3 * 3_000 + 1_250));
    }

    @Test
    void shouldSpreadThoseWhoWereTooManyAtOnce() {
        RestLimits limits = RestLimits.threeTries(SECOND);
        Answer tooMany = new Answer(429, 20429, "");
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            pauses.add(limits.pauseAfter(2, tooMany));
        }
        assertThat(pauses)
                .hasSizeGreaterThan(50)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_500)));
        assertThat(limits.pauseAfter(2, new Answer(500, 0, ""))).isEqualTo(SECOND);
    }

    @Test
    void shouldRefuseLimitsThatAllowNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RestLimits(List.of(), SECOND, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RestLimits(List.of(SECOND), SECOND, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RestLimits(List.of(SECOND), SECOND, 1, 0));
    }
}
