package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HearingStepsTest {
    private static final CallerAction FIRST = CallerAction.dtmf('1');
    private static final CallerAction SECOND = CallerAction.dtmf('2');

    private final Playout playout = new Playout(false);
    private boolean talking;
    private long nowMs;

    @Test
    void shouldWaitForTheSilenceAfterTheModelWasHeard() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(300, FIRST));
        assertThat(until(10_000, steps)).isNull();
        hear(500);
        assertThat(until(10_780, steps)).isNull();
        assertThat(until(10_800, steps)).isSameAs(FIRST);
        assertThat(until(20_000, steps)).isNull();
    }

    @Test
    void shouldInterruptOnlyWhileTheModelIsHeard() {
        HearingSteps steps = steps(CallerScript.SILENT.whileHearing(400, FIRST));
        hear(300);
        assertThat(until(3_000, steps)).isNull();
        hear(500);
        assertThat(until(3_380, steps)).isNull();
        assertThat(until(3_400, steps)).isSameAs(FIRST);
    }

    @Test
    void shouldTakeAnAnswerWithAGapForOne() {
        HearingSteps steps = steps(CallerScript.SILENT.whileHearing(400, FIRST));
        hear(300);
        assertThat(until(1_000, steps)).isNull();
        hear(500);
        assertThat(until(1_080, steps)).isNull();
        assertThat(until(1_100, steps)).isSameAs(FIRST);
    }

    @Test
    void shouldNotTakeAStandstillOfTheMachineForSilence() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(300, FIRST));
        hear(100);
        assertThat(until(100, steps)).isNull();
        nowMs = 900;
        assertThat(until(1_140, steps)).isNull();
        assertThat(until(1_180, steps)).isSameAs(FIRST);
    }

    @Test
    void shouldFinishWhatIsSaidBeforeTheNextStep() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(300, FIRST));
        hear(100);
        talking = true;
        assertThat(until(2_000, steps)).isNull();
        talking = false;
        assertThat(until(2_280, steps)).isNull();
        assertThat(until(2_300, steps)).isSameAs(FIRST);
    }

    @Test
    void shouldNotTakeTwoStepsForOneAnswer() {
        HearingSteps steps = steps(CallerScript.SILENT.whileHearing(100, FIRST).afterHearing(200, SECOND));
        hear(1_000);
        assertThat(until(100, steps)).isSameAs(FIRST);
        playout.clear(at(nowMs));
        assertThat(until(5_000, steps)).isNull();
        hear(100);
        assertThat(until(5_300, steps)).isSameAs(SECOND);
    }

    @Test
    void shouldNotTakeWhatIsClearedForAnAnswer() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(100, FIRST).afterHearing(100, SECOND));
        hear(100);
        assertThat(until(200, steps)).isSameAs(FIRST);
        hear(400); // the rest of it
        assertThat(until(300, steps)).isNull();
        playout.clear(at(nowMs));
        assertThat(until(5_000, steps)).isNull();
        hear(100);
        assertThat(until(5_200, steps)).isSameAs(SECOND);
    }

    @Test
    void shouldTakeAnAnswerRightAfterAStepForANewOne() {
        HearingSteps steps = steps(CallerScript.SILENT.afterHearing(100, FIRST).afterHearing(100, SECOND));
        hear(100);
        assertThat(until(200, steps)).isSameAs(FIRST);
        hear(100);
        assertThat(until(400, steps)).isSameAs(SECOND);
        assertThat(playout.underruns()).isZero();
    }

    private HearingSteps steps(CallerScript script) {
        return new HearingSteps(script, playout, () -> talking);
    }

    private void hear(int ms) {
        playout.play(PlayoutTest.audio(ms, 1), at(nowMs));
    }

    /** Tick by tick up to {@code ms}, or to the first action. */
    private CallerAction until(long ms, HearingSteps steps) {
        CallerAction action = null;
        while (action == null && nowMs < ms) {
            nowMs += Speech.FRAME_MS;
            action = steps.due(at(nowMs));
        }
        return action;
    }

    private static long at(long ms) {
        return ms * 1_000_000;
    }
}
