package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.load.LoadPlan;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Four calls for ten seconds. */
class SteadyReportTest {
    private static final Tally.Uplink WHOLE = new Tally.Uplink(2_000, 0, 0, 0, 0, 0, 0, 0);
    private static final Tally.Downlink HEARD = new Tally.Downlink(50_000, 0, 0);
    private static final ProcessSample IDLE = new ProcessSample(1_000, 500, 100_000, 120_000);

    private final Window window = new Window();
    private Optional<Cost> bridge = Optional.empty();
    private List<CallEnding> early = List.of();
    private Optional<Goodbyes> goodbyes = Optional.empty();

    @Test
    void shouldFindNothingWrong() {
        SteadyReport report = report(new Tally(4, WHOLE, HEARD));
        assertThat(report.isGood()).isTrue();
        assertThat(report.brokenBecause()).isEmpty();
        assertThat(report.warning()).isEmpty();
    }

    @Test
    void shouldNotForgiveACallThatNeverStood() {
        assertThat(report(new Tally(3, WHOLE, HEARD)).isGood()).isFalse();
    }

    @Test
    void shouldNotForgiveALossEitherWay() {
        assertThat(report(new Tally(4, new Tally.Uplink(1_999, 0, 1, 0, 0, 0, 0, 0), HEARD))
                        .isGood())
                .isFalse();
        assertThat(report(new Tally(4, new Tally.Uplink(2_000, 0, 0, 1, 0, 0, 0, 0), HEARD))
                        .isGood())
                .isFalse();
        assertThat(report(new Tally(4, WHOLE, new Tally.Downlink(50_000, 1, 0))).isGood())
                .isFalse();
        assertThat(report(new Tally(4, WHOLE, new Tally.Downlink(50_000, 0, 1))).brokenBecause())
                .contains("calls or audio were lost");
    }

    @Test
    void shouldNotForgiveACallThatEndedEarly() {
        early = List.of(new CallEnding(CallEnding.Cause.SERVER_CLOSED, 1_011, "closed by the server"));
        SteadyReport report = report(new Tally(4, WHOLE, HEARD));
        assertThat(report.isGood()).isFalse();
        assertThat(report.summary()).startsWith("FAILED: 3 of 4 calls");
    }

    @Test
    void shouldCallLateAudioBroken() {
        window.open(0, 1_000);
        window.arrived(1, TimeUnit.MILLISECONDS.toNanos(101));
        assertThat(report(new Tally(4, WHOLE, HEARD)).brokenBecause()).contains("uplink p99 was 101 ms");
    }

    @Test
    void shouldCallALateAnswerBroken() {
        window.open(0, 1_000);
        window.onFirstAudio(1, TimeUnit.MILLISECONDS.toNanos(102));
        assertThat(report(new Tally(4, WHOLE, HEARD)).brokenBecause()).contains("first audio p99 was 102 ms");
    }

    @Test
    void shouldCallAnUnderrunBroken() {
        window.open(0, 1_000);
        window.onUnderrun(1, 5);
        assertThat(report(new Tally(4, WHOLE, HEARD)).brokenBecause()).contains("audio underran, times: 1");
    }

    @Test
    void shouldSayThatItWasTheLimitItself() {
        window.open(0, 1_000);
        window.sent(1, TimeUnit.MILLISECONDS.toNanos(25));
        assertThat(report(new Tally(4, WHOLE, HEARD)).warning().orElseThrow()).contains("p99 25 ms");
    }

    @Test
    void shouldDivideTheCostByCallsAndSeconds() {
        ProcessSample begin = new ProcessSample(2_000, 600, 104_000, 124_000);
        bridge = Optional.of(new Cost(IDLE, begin, new ProcessSample(2_060, 640, 104_400, 125_000)));
        SteadyReport report = report(new Tally(4, WHOLE, HEARD));
        assertThat(figure(report, "/bridge_cpu_ms_per_call_s/total")).isEqualTo(2.5);
        assertThat(figure(report, "/bridge_cpu_ms_per_call_s/user")).isEqualTo(1.5);
        assertThat(figure(report, "/bridge_cpu_ms_per_call_s/system")).isEqualTo(1);
        assertThat(figure(report, "/calls_per_core_extrapolated")).isEqualTo(400);
        assertThat(figure(report, "/bridge_memory_kib_per_call/rss_anon")).isEqualTo(1_100);
        assertThat(figure(report, "/bridge_memory_kib_per_call/rss")).isEqualTo(1_250);
    }

    @Test
    void shouldSayNothingOfTheCostOfAProcessItDoesNotKnow() {
        assertThat(report(new Tally(4, WHOLE, HEARD)).figures().has("bridge_cpu_ms_per_call_s"))
                .isFalse();
    }

    @Test
    void shouldFailACallThatWasNotHungUpOnceOrNotHeardOut() {
        Histogram deadAir = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
        deadAir.recordValue(TimeUnit.MILLISECONDS.toNanos(12));

        goodbyes = Optional.of(new Goodbyes(4, 4, 0, 0, 0, deadAir));
        SteadyReport report = report(new Tally(4, WHOLE, HEARD));
        assertThat(report.isGood()).isTrue();
        assertThat(figure(report, "/goodbyes/dead_air_ms/p50")).isBetween(12.0, 12.1);
        assertThat(report.summary()).contains(" 4 hung up exactly once, 0 cut off, dead air p50 12.0 ms");

        for (Goodbyes bad : List.of(
                new Goodbyes(4, 3, 1, 0, 0, deadAir),
                new Goodbyes(4, 3, 0, 1, 0, deadAir),
                new Goodbyes(4, 4, 0, 0, 1, deadAir))) {
            goodbyes = Optional.of(bad);
            assertThat(report(new Tally(4, WHOLE, HEARD)).isGood())
                    .as(bad::toString)
                    .isFalse();
        }
    }

    private static double figure(SteadyReport report, String pointer) {
        return report.figures().at(pointer).asDouble(-1);
    }

    private SteadyReport report(Tally tally) {
        Account account = new Account("AC00000000000000000000000000000001", "0123456789abcdef0123456789abcdef");
        LoadPlan load = new LoadPlan(4, 4, 20, Optional.empty(), "https://voice.example.com", 0, 0, account, 1);
        SteadyPlan plan = new SteadyPlan(load, 5, 10, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new SteadyReport(
                plan,
                new SteadyReport.Run(
                        tally, window, bridge, new Cost(IDLE, IDLE, IDLE), early, 0, List.of(), 0, goodbyes));
    }
}
