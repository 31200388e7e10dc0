package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    private long nowNs = -5;
    private final Tally tally = new Tally(100, () -> nowNs);

    @Test
    void shouldSpeakAtTheFirst() {
        assertThat(tally.count()).isEqualTo(1);
    }

    @Test
    void shouldKeepSilentWithinThePeriodAndThenSayHowMany() {
        tally.count();
        nowNs += 99;
        assertThat(tally.count()).isZero();
        assertThat(tally.count()).isZero();
        nowNs += 1;
        assertThat(tally.count()).isEqualTo(3);
        assertThat(tally.count()).isZero();
        assertThat(tally.total()).isEqualTo(5);
    }
}
