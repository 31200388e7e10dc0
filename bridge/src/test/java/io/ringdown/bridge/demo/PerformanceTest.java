package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformanceTest {
    private static final Scenario SCENARIO = Scenario.all().get(0);

    @Test
    void shouldProveNothingOnlyWhenItEndedOtherwiseOnAMachineThatStoodStill() {
        assertThat(performance("none", 249).provesNothing()).isFalse();
        assertThat(performance("none", 250).provesNothing()).isTrue();
        assertThat(performance("bot_goodbye_bye_only", 2_000).provesNothing()).isFalse();
    }

    private static Performance performance(String reason, long standstillMs) {
        Outcome outcome = new Outcome(
                1, reason, "audio.done", "mark", 0, false, false, true, true, true, false, 0, 0, 0, List.of());
        return new Performance(SCENARIO, outcome, List.of(), Path.of("x.wav"), standstillMs);
    }
}
