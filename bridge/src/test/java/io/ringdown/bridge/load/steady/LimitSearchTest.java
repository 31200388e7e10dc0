package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSearchTest {
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void shouldDoubleThenHalveTheGap() throws Exception {
        LimitSearch.Limit limit = searchIn(230, 50);
        assertThat(tried).containsExactly(50, 100, 200, 400, 300, 250, 225, 237, 231);
        assertThat(limit).isEqualTo(new LimitSearch.Limit(225, 231));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 99, 100, 333, 1_000, 4_095, 8_191})
    void shouldEncloseTheLimitClosely(int bears) throws Exception {
        LimitSearch.Limit limit = searchIn(bears, 50);
        assertThat(limit.highestGood()).isLessThanOrEqualTo(bears);
        assertThat(limit.lowestBad()).isGreaterThan(bears);
        assertThat(limit.lowestBad() - limit.highestGood()).isLessThanOrEqualTo(Math.max(10, limit.highestGood() / 20));
    }

    @Test
    void shouldLookBelowAFirstThatWasTooMany() throws Exception {
        assertThat(searchIn(40, 50)).isEqualTo(new LimitSearch.Limit(37, 43));
        assertThat(tried).containsExactly(50, 25, 37, 43);
    }

    @Test
    void shouldStopWhereAHandfulIsTooMany() throws Exception {
        assertThat(searchIn(0, 50)).isEqualTo(new LimitSearch.Limit(0, 6));
        assertThat(tried).containsExactly(50, 25, 12, 6);
    }

    @Test
    void shouldGiveUpAtTheMostThatIsTried() throws Exception {
        assertThat(searchIn(Integer.MAX_VALUE, 50)).isEqualTo(new LimitSearch.Limit(LimitSearch.MOST_CALLS, 0));
    }

    private LimitSearch.Limit searchIn(int bears, int first) throws IOException, InterruptedException {
        return LimitSearch.search(first, calls -> {
            tried.add(calls);
            return calls <= bears;
        });
    }
}
