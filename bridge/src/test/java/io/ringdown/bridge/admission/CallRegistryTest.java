package io.ringdown.bridge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.lane.CallAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CallRegistryTest {
    private final CallRegistry registry = new CallRegistry();
    private final CallAddress first = address(1);
    private final CallAddress second = address(2);

    @Test
    void shouldFindAStreamUntilItIsRemoved() {
        assertThat(registry.find("CA1")).isNull();
        assertThat(registry.register("CA1", first)).isNull();
        assertThat(registry.find("CA1")).isSameAs(first);
        registry.remove("CA1", first);
        assertThat(registry.find("CA1")).isNull();
    }

    @Test
    void shouldTellWhichStreamWasReplaced() {
        registry.register("CA1", first);
        assertThat(registry.register("CA1", second)).isSameAs(first);
        assertThat(registry.find("CA1")).isSameAs(second);
    }

    @Test
    void shouldKeepTheNewStreamWhenTheReplacedOneEnds() {
        registry.register("CA1", first);
        registry.register("CA1", second);
        registry.remove("CA1", first);
        assertThat(registry.find("CA1")).isSameAs(second);
    }

    @Test
    void shouldForgiveBeingToldTwice() {
        registry.register("CA1", first);
        registry.remove("CA1", first);
        registry.remove("CA1", first);
        registry.remove("CA2", second);
        assertThat(registry.find("CA1")).isNull();
    }

    @Test
    void shouldShowEveryLiveStream() {
        registry.register("CA1", first);
        registry.register("CA2", second);
        Map<String, CallAddress> shown = new HashMap<>();
        registry.forEach(shown::put);
        assertThat(shown).containsExactlyInAnyOrderEntriesOf(Map.of("CA1", first, "CA2", second));
    }

    @Test
    void shouldHaveOneOfTwoStreamsThatStartTogetherReplaceTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 500; i++) {
            String callSid = "CA" + i;
            CyclicBarrier start = new CyclicBarrier(2);
            Future<CallAddress> replacedByFirst = threads.submit(() -> {
                start.await();
                return registry.register(callSid, first);
            });
            Future<CallAddress> replacedBySecond = threads.submit(() -> {
                start.await();
                return registry.register(callSid, second);
            });
            boolean firstWasLast = replacedByFirst.get() != null;
            assertThat(firstWasLast).isNotEqualTo(replacedBySecond.get() != null);
            assertThat(registry.find(callSid)).isSameAs(firstWasLast ? first : second);
        }
        threads.shutdown();
    }

    private static CallAddress address(int epoch) {
        return new CallAddress(null, 0, epoch, new HangupLatch());
    }
}
