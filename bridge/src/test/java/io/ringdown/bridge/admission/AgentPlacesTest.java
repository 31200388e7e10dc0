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
        assertThat(places.enter("sales", "CA1", 1)).isTrue();
        assertThat(places.enter("sales", "CA2", 1)).isFalse();
        assertThat(places.enter("support", "CA3", 1)).isTrue();
        places.leave("sales", "CA1");
        assertThat(places.hasRoom("support", "CA4", 1)).isFalse();
        assertThat(places.enter("sales", "CA2", 1)).isTrue();
    }

    @Test
    void shouldKeepItsCallsWhenTheCapChanges() {
        assertThat(places.enter("sales", "CA1", 2)).isTrue();
        assertThat(places.enter("sales", "CA2", 2)).isTrue();
        assertThat(places.enter("sales", "CA3", 1))
                .as("lowered below its calls")
                .isFalse();
        places.leave("sales", "CA1");
        assertThat(places.enter("sales", "CA3", 1)).isFalse();
        assertThat(places.enter("sales", "CA3", 3)).as("raised").isTrue();
    }

    @Test
    void shouldShareThePlaceOfACallAmongItsStreams() {
        assertThat(places.enter("sales", "CA1", 1)).isTrue();
        assertThat(places.hasRoom("sales", "CA1", 1)).isTrue();
        assertThat(places.enter("sales", "CA1", 1)).as("its successor").isTrue();
        places.leave("sales", "CA1");
        assertThat(places.enter("sales", "CA2", 1)).as("one of two left").isFalse();
        places.leave("sales", "CA1");
        assertThat(places.enter("sales", "CA2", 1)).isTrue();
    }

    @Test
    void shouldTakeNothingBackThatWasNotGiven() {
        assertThatThrownBy(() -> places.leave("nobody", "CA1")).isInstanceOf(IllegalStateException.class);
        places.enter("sales", "CA1", 1);
        assertThatThrownBy(() -> places.leave("sales", "CA2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent=sales call_sid=CA2");
        assertThat(places.hasRoom("sales", "CA2", 1)).as("still taken").isFalse();
    }

    @Test
    void shouldNeverLetMoreInThanTheCapHoweverManyAsk() {
        AtomicInteger entered = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            if (places.enter("sales", "CA" + i, 7)) {
                entered.incrementAndGet();
            }
        });
        assertThat(entered).hasValue(7);
        assertThat(places.hasRoom("sales", "CA", 7)).isFalse();
    }
}
