package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HearingStepsTest {
    private static final CallerAction FIRST = CallerAction.dtmf('1');
    private static final CallerAction SECOND = CallerAction.dtmf('2');

    private final Playout playout = new Playout(false);

    @Test
    void shouldWaitForTheSilenceAfterTheModelWasHeard() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(300, FIRST));
        assertThat(steps.due(at(10_000))).isNull();
        hear(10_000, 500);
        assertThat(steps.due(at(10_799))).isNull();
        assertThat(steps.due(at(10_800))).isSameAs(FIRST);
        assertThat(steps.due(at(20_000))).isNull();
    }

    @Test
    void shouldInterruptOnlyWhileTheModelIsHeard() {
        HearingSteps steps = steps(CallerScript.SILENT.whileHearing(400, FIRST));
        hear(0, 300);
        assertThat(steps.due(at(299))).isNull();
        assertThat(steps.due(at(500))).isNull();
        hear(1_000, 500);
        assertThat(steps.due(at(1_399))).isNull();
        assertThat(steps.due(at(1_400))).isSameAs(FIRST);
    }

    @Test
    void shouldNotTakeTwoStepsForOneAnswer() {
        HearingSteps steps = steps(CallerScript.SILENT.whileHearing(100, FIRST).afterHearing(200, SECOND));
        hear(0, 1_000);
        assertThat(steps.due(at(100))).isSameAs(FIRST);
        playout.clear(at(150));
        assertThat(steps.due(at(5_000))).isNull();
        hear(6_000, 100);
        assertThat(steps.due(at(6_300))).isSameAs(SECOND);
    }

    @Test
    void shouldTakeAnAnswerRightAfterAStepForANewOne() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(100, FIRST).afterHearing(100, SECOND));
        hear(0, 100);
        assertThat(steps.due(at(200))).isSameAs(FIRST);
        hear(210, 100);
        assertThat(steps.due(at(410))).isSameAs(SECOND);
        assertThat(playout.underruns()).isZero();
    }

    private HearingSteps steps(CallerScript script) {
        return new HearingSteps(script, playout);
    }

    private void hear(long atMs, int ms) {
        playout.play(PlayoutTest.audio(ms, 1), at(atMs));
    }

    private static long at(long ms) {
        return ms * 1_000_000;
    }
}
