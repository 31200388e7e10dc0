package io.ringdown.bridge.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentPlacesTest {
    private final AgentPlaces places = new AgentPlaces();

    @Test
    void shouldCountEachAgentForItself() {
        assertThat(places.enter("sales", 1)).isTrue();
        assertThat(places.enter("sales", 1)).isFalse();
        assertThat(places.enter("support", 1)).isTrue();
        places.leave("sales");
        assertThat(places.calls("sales")).isZero();
        assertThat(places.calls("support")).isEqualTo(1);
        assertThat(places.enter("sales", 1)).isTrue();
    }

    @Test
    void shouldKeepItsCallsWhenTheCapChanges() {
        assertThat(places.enter("sales", 2)).isTrue();
        assertThat(places.enter("sales", 2)).isTrue();
        assertThat(places.enter("sales", 1)).as("lowered below its calls").isFalse();
        places.leave("sales");
        assertThat(places.enter("sales", 1)).isFalse();
        assertThat(places.enter("sales", 3)).as("raised").isTrue();
    }

    @Test
    void shouldTakeNothingBackThatWasNotGiven() {
        assertThatThrownBy(() -> places.leave("nobody")).isInstanceOf(IllegalStateException.class);
        places.enter("sales", 1);
        places.leave("sales");
        assertThatThrownBy(() -> places.leave("sales"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent=sales");
        assertThat(places.calls("sales")).isZero();
    }

    @Test
    void shouldNeverLetMoreInThanTheCapHoweverManyAsk() {
        AtomicInteger entered = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            if (places.enter("sales", 7)) {
                entered.incrementAndGet();
            }
        });
        assertThat(entered).hasValue(7);
        assertThat(places.calls("sales")).isEqualTo(7);
    }
}
