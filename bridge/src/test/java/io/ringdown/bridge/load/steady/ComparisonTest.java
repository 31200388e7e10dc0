package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void shouldPrintBothFiguresAndTheirRatio() throws Exception {
        StringWriter out = new StringWriter();
        Comparison.print(
                json("{'calls': 50, 'uplink_ms': {'p99': 4.0}, 'only_a': 1}"),
                json("{'calls': 50, 'uplink_ms': {'p99': 5.0}, 'only_b': 1, 'ok': true}"),
                new PrintWriter(out));
        assertThat(out.toString().lines().skip(1).map(line -> line.trim().replaceAll(" +", " ")))
                .containsExactly("calls 50 50 1.000", "uplink_ms.p99 4 5 1.250");
    }

    @Test
    void shouldSayWhichFiguresAreNotToBeTrusted() throws Exception {
        String good = "{'calls': 50, 'ok': true}";
        StringWriter out = new StringWriter();
        assertThat(Comparison.print(json(good), json(good), new PrintWriter(out)))
                .isTrue();
        assertThat(Comparison.print(
                        json("{'calls': 50, 'ok': true, 'generator': {'was_the_limit': true}}"),
                        json("{'calls': 50, 'ok': false}"),
                        new PrintWriter(out)))
                .isFalse();
        assertThat(out.toString())
                .contains("A: the generator, not the bridge, was the limit", "B: FAILED, calls or audio were lost");
    }

    @Test
    void shouldNotDivideByNothing() {
        assertThat(Comparison.ratio(0, 3)).isEqualTo("-");
        assertThat(Comparison.ratio(4, 0)).isEqualTo("0.000");
    }

    @Test
    void shouldKnowTheStepsOfASearchByTheirCalls() throws Exception {
        JsonNode search =
                json("{'steps': [{'calls': 50, 'p': 1, 'curves_ms': {'uplink': [[1, 2]]}}, {'calls': 100, 'p': 2}]}");
        assertThat(Comparison.figures(search))
                .isEqualTo(Map.of(
                        "steps.50.calls", 50.0, "steps.50.p", 1.0, "steps.100.calls", 100.0, "steps.100.p", 2.0));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
