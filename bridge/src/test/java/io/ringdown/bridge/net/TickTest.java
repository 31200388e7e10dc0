package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "20, 0", "21, 125000", "60, 5000000", "100, 10000000", "5000, 10000000"})
    void shouldGrowWithTheCallsThatShareIt(int calls, long lengthNs) {
        assertThat(Tick.ofMs(10).lengthNs(calls)).isEqualTo(lengthNs);
    }

    @ParameterizedTest
    @CsvSource({"0", "21", "5000"})
    void shouldNeverWaitWhenItIsOff(int calls) {
        assertThat(Tick.ofMs(0).lengthNs(calls)).isZero();
    }
}
