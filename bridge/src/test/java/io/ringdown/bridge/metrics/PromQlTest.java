package io.ringdown.bridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.metrics.PromQl.Condition;
import io.ringdown.bridge.metrics.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromQlTest {
    private static final Scrape SCRAPE = new Scrape("""
            # TYPE hangups_total counter
            hangups_total{drain="mark",reason="operator"} 3.0
            hangups_total{drain="none",reason="operator"} 4.0
            # TYPE air_seconds histogram
            air_seconds_bucket{lane="l",le="+Inf"} 2
            air_seconds_sum{lane="l"} 1.5E-4
            """);

    @Test
    void shouldFindNamesAmongFunctionsGroupingsAndRanges() {
        PromQl query = new PromQl(
                "histogram_quantile(0.95, sum by (lane, le) (rate(air_seconds_bucket[5m]))) > 0.5 and on (instance) a:b:c == 1");
        assertThat(query.selectors())
                .extracting(Selector::name)
                .containsExactlyInAnyOrder("air_seconds_bucket", "a:b:c");
        assertThat(query.groupedBy()).containsExactly("lane", "le");
    }

    @Test
    void shouldReadConditions() {
        assertThat(new PromQl("increase(hangups_total{reason=~\"a|b\", drain!=\"none\"}[$__rate_interval])")
                        .selectors())
                .containsExactly(new Selector(
                        "hangups_total",
                        List.of(new Condition("reason", "=~", "a|b"), new Condition("drain", "!=", "none"))));
    }

    @Test
    void shouldKnowWhatAScrapeHas() {
        assertThat(finds("hangups_total")).isTrue();
        assertThat(finds("hangups")).isFalse();
        assertThat(finds("hangups_total{instance=~\"$instance\",drain=\"mark\"}"))
                .isTrue();
        assertThat(finds("hangups_total{drain=\"timeout\"}")).isFalse();
        assertThat(finds("hangups_total{reason!=\"operator\"}")).isFalse();
        assertThat(finds("hangups_total{reason=~\"op.*\",drain!~\"m.*\"}")).isTrue();
    }

    @Test
    void shouldReadAScrape() {
        assertThat(SCRAPE.sum("hangups_total")).isEqualTo(7);
        assertThat(SCRAPE.sum("hangups_total", "drain=\"none\"")).isEqualTo(4);
        assertThat(SCRAPE.sum("air_seconds_sum")).isEqualTo(0.00015);
        assertThat(SCRAPE.types()).containsEntry("air_seconds", "histogram");
        assertThat(SCRAPE.labelsOf("air_seconds")).containsExactly("lane");
    }

    private static boolean finds(String query) {
        return new PromQl(query).selectors().iterator().next().finds(SCRAPE);
    }
}
