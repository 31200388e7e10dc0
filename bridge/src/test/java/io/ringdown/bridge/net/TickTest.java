package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "20, 0", "21, 125000", "60, 5000000", "100, 10000000", "5000, 10000000"})
    void shouldGrowWithTheCallsThatShareIt(int calls, long lengthNs) {
        assertThat(Tick.ofMs(10).lengthNs(calls, 0)).isEqualTo(lengthNs);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 4, 10",
        "10, 5, 10",
        "10, 8, 16",
        "10, 20, 40",
        "10, 20, 40",
        "10, 24, 36",
        "10, 40, 20",
        "10, 500, 0",
        "50, 8, 50",
        "50, 40, 20",
        "100, 40, 60",
    })
    void shouldLeaveALaneHalfOfItsTimeUntilItsCallersWouldHearIt(int ms, long turnMs, long lengthMs) {
        assertThat(Tick.ofMs(ms).lengthNs(200, TimeUnit.MILLISECONDS.toNanos(turnMs)))
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(lengthMs));
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "0, 0", "0, 21", "0, 5000"})
    void shouldNeverWaitWhenItIsOffOrCallsAreFew(int ms, int calls) {
        assertThat(Tick.ofMs(ms).lengthNs(calls, TimeUnit.MILLISECONDS.toNanos(30)))
                .isZero();
    }
}
