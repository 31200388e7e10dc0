package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GoodbyesTest {
    private static Goodbyes.End end(int cutOffBytes, Integer... statuses) {
        return new Goodbyes.End(List.of(statuses), cutOffBytes, OptionalLong.of(5_000_000));
    }

    @Test
    void shouldBeGoodWhenEveryCallWasHungUpOnceAndHeardOut() {
        Goodbyes goodbyes = Goodbyes.of(List.of(end(0, 200), end(0, 200)));
        assertThat(goodbyes.isGood()).isTrue();
        assertThat(goodbyes.once()).isEqualTo(2);
        assertThat(goodbyes.deadAir().getTotalCount()).isEqualTo(2);
    }

    @Test
    void shouldTellApartWhatWentWrong() {
        Goodbyes goodbyes = Goodbyes.of(List.of(
                end(0, 200),
                new Goodbyes.End(List.of(), 0, OptionalLong.empty()),
                end(0, 200, 404),
                end(0, 500),
                end(80, 200)));
        assertThat(goodbyes.isGood()).isFalse();
        assertThat(goodbyes.once()).isEqualTo(2);
        assertThat(goodbyes.never()).isEqualTo(1);
        assertThat(goodbyes.moreThanOnce()).isEqualTo(1);
        assertThat(goodbyes.cutOff()).isEqualTo(1);
        assertThat(goodbyes.deadAir().getTotalCount()).isEqualTo(4);
    }

    @Test
    void shouldNotBeGoodWhenOneWasOnlyAskedFor() {
        assertThat(Goodbyes.of(List.of(end(0, 200), end(0, 500))).isGood()).isFalse();
    }
}
