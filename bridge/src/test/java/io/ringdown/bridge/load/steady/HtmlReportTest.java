package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.load.steady.LineChart.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReportTest {
    @Test
    void shouldShowTheLatenciesOfSteadyCallsAndNeedNothingElse() throws Exception {
        String page = page("{'mode':'steady','calls':50,'seconds':20,'ok':true,"
                + "'curves_ms':{'uplink':[[0,0.1],[50,0.2],[90,0.9],[99.99,4],[100,5]]}}");
        assertThat(page).contains(">0<", ">90<", ">99<", ">99.9<", ">99.99<");
        assertThat(page).contains("<svg").contains("uplink").contains("50 calls for 20 s: nothing lost");
        assertThat(page).doesNotContain("http").doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void shouldShowCostOverCallsOfASearch() throws Exception {
        String page = page("{'mode':'limit','highest_good_calls':50,'lowest_bad_calls':60,'broken_because':'a <b>',"
                + "'steps':[{'calls':50,'uplink_ms':{'p99':3},'bridge_cpu_ms_per_call_s':{'total':2,'system':1}},"
                + "{'calls':60,'uplink_ms':{'p99':120},'bridge_cpu_ms_per_call_s':{'total':2,'system':1}}]}");
        assertThat(page).contains("Bore 50 calls; broke at 60: a &lt;b&gt;");
        assertThat(page.split("<svg")).hasSize(3); // memory is not known
    }

    @Test
    void shouldDrawALineThroughItsPoints() {
        String svg = new LineChart("t", "x", LineChart::number)
                .line("one", List.of(new Point(0, 0), new Point(10, 5)))
                .svg();
        assertThat(svg).contains("M70.0 270.0 L700.0 40.0").startsWith("<svg").endsWith("</svg>");
    }

    @Test
    void shouldDrawNothingWithoutPoints() {
        assertThat(new LineChart("t", "x", LineChart::number)
                        .line("one", List.of())
                        .svg())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "6, 2", "20, 5", "26, 10", "0.3, 0.1", "8000, 2000", "0, 1"})
    void shouldDivideAxesAtRoundNumbers(double max, double step) {
        assertThat(LineChart.step(max)).isCloseTo(step, offset(1e-9));
    }

    private static String page(String json) throws Exception {
        return HtmlReport.of(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
