package io.ringdown.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final EventRing ring = new EventRing(16, 8);
    private final List<String> drained = new ArrayList<>();

    @Test
    void shouldDrainInOrderNoMoreThanABatch() {
        IntStream.range(0, 12).forEach(this::publish);

        assertThat(drain()).isEqualTo(8);
        assertThat(ring.hasPublished()).isTrue();
        assertThat(drain()).isEqualTo(4);
        assertThat(ring.hasPublished()).isFalse();
        assertThat(drain()).isZero();
        assertThat(drained)
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(Integer::toString).toList());
    }

    @Test
    void shouldRefuseWhenFullAndTakeAgainWhenDrained() {
        for (int round = 0; round < 100; round++) {
            IntStream.range(0, 16).forEach(this::publish);
            assertThat(ring.claim()).isEqualTo(EventRing.FULL);
            assertThat(ring.free()).isZero();
            drain();
            drain();
            assertThat(ring.free()).isEqualTo(16);
        }
    }

    @Test
    void shouldKeepAQuarterForTheLanesOwn() {
        IntStream.range(0, 11).forEach(this::publish);
        long last = ring.claimFromOutside();
        assertThat(last).isNotEqualTo(EventRing.FULL);
        ring.slot(last).digitPressed("11");
        ring.publish(last);

        assertThat(ring.claimFromOutside()).isEqualTo(EventRing.FULL);
        IntStream.range(12, 16).forEach(this::publish);
        assertThat(ring.claim()).isEqualTo(EventRing.FULL);
    }

    @Test
    void shouldNotPassASlotThatIsClaimedAndNotPublished() {
        long unpublished = ring.claim();
        publish(1);
        assertThat(ring.hasPublished()).isFalse();
        assertThat(drain()).isZero();

        ring.slot(unpublished).digitPressed("0");
        ring.publish(unpublished);
        assertThat(drain()).isEqualTo(2);
        assertThat(drained).containsExactly("0", "1");
    }

    @Test
    void shouldShowEveryEventOnceAlsoWhenItsHandlerThrows() {
        IntStream.range(0, 3).forEach(this::publish);

        assertThatThrownBy(() -> ring.drain(event -> {
                    drained.add(event.text());
                    throw new IllegalArgumentException("broken on purpose");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken on purpose");

        assertThat(drain()).isEqualTo(2);
        assertThat(drained).containsExactly("0", "1", "2");
    }

    @Test
    void shouldKeepNothingAliveInADrainedSlot() {
        CallEvent slot = ring.slot(publish(5));
        drain();

        assertThat(slot.type()).isNull();
        assertThat(slot.text()).isNull();
    }

    @Test
    void shouldTakeWhatIsPublishedWhileItDrains() {
        publish(0);
        List<EventType> types = new ArrayList<>();
        ring.drain(event -> {
            types.add(event.type());
            publish(1);
        });
        assertThat(types).hasSize(1);
        assertThat(drain()).isEqualTo(1);
    }

    private long publish(int number) {
        long sequence = ring.claim();
        assertThat(sequence).isNotEqualTo(EventRing.FULL);
        ring.slot(sequence).to(0, 1).digitPressed(Integer.toString(number));
        ring.publish(sequence);
        return sequence;
    }

    private int drain() {
        return ring.drain(event -> drained.add(event.text()));
    }
}
