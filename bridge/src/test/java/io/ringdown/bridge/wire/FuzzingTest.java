package io.ringdown.bridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The corpora are not run in vain: an input that once broke a decoder breaks it in every build. */
@Tag("jazzer")
class FuzzingTest {
    @Test
    void shouldFailATwinByTheInputThatFuzzingFound() {
        long failures = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(TrustingTwinFuzz.class))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .filter(FuzzingTest::isOutOfBounds)
                .count();

        assertThat(failures).isEqualTo(1);
    }

    private static boolean isOutOfBounds(Event event) {
        return event.getPayload().toString().contains("ArrayIndexOutOfBounds");
    }
}
