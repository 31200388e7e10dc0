package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BadMessagesTest {
    private long nowNs = -5;
    private final Workbench workbench = new Workbench(() -> nowNs);
    private final BadMessages badMessages = new BadMessages(workbench);

    @Test
    void shouldBearAHundredInTenSeconds() {
        for (int i = 0; i < 100; i++) {
            assertThat(badMessages.add(BadMessage.NOT_JSON)).isFalse();
        }
        assertThat(badMessages.add(BadMessage.BINARY)).isTrue();
    }

    @Test
    void shouldBearThemForEverWhenTheyComeSlowly() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(badMessages.add(BadMessage.NOT_JSON)).isFalse();
            nowNs += TimeUnit.MILLISECONDS.toNanos(101);
        }
    }

    @Test
    void shouldCountByReasonForAllCallsOfTheLane() {
        badMessages.add(BadMessage.NOT_JSON);
        badMessages.add(BadMessage.NOT_JSON);
        new BadMessages(workbench).add(BadMessage.NOT_JSON);
        badMessages.add(BadMessage.BINARY);

        assertThat(workbench.badMessages(BadMessage.NOT_JSON)).isEqualTo(3);
        assertThat(workbench.badMessages(BadMessage.BINARY)).isEqualTo(1);
        assertThat(workbench.badMessages(BadMessage.UNKNOWN_MARK)).isZero();
    }
}
