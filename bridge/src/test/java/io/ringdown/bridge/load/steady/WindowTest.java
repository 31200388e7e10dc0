package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window window = new Window();

    @Test
    void shouldMeasureNothingBeforeItOpens() {
        window.arrived(5, 9);
        window.onUnderrun(5, 9);
        assertThat(window.uplink().getTotalCount()).isZero();
        assertThat(window.underruns()).isZero();
    }

    /** Nothing is left out because it came too late to be seen: no coordinated omission. */
    @Test
    void shouldMeasureWhatWasDueInItHoweverLateItComes() {
        window.open(1_000, 100);
        window.arrived(999, 1_001);
        window.arrived(1_000, 1_001);
        window.arrived(1_099, 500_000);
        window.arrived(1_100, 1_101);
        assertThat(window.uplink().getTotalCount()).isEqualTo(2);
        assertThat(window.uplink().getMaxValue()).isGreaterThan(498_000);
    }
}
