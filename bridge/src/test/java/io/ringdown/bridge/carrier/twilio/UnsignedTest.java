package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnsignedTest {
    private long nowNs = -7;

    @Test
    void shouldBeSpokenOfOnceASecond() {
        Unsigned unsigned = new Unsigned(() -> nowNs);
        assertThat(unsigned.count()).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(unsigned.count()).isZero();
        }
        nowNs += TimeUnit.SECONDS.toNanos(1);
        assertThat(unsigned.count()).as("those not spoken of, and this one").isEqualTo(1_001);
        assertThat(unsigned.count()).isZero();
    }
}
