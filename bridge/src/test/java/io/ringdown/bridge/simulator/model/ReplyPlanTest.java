package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.simulator.model.ReplyPlan.Act;
import io.ringdown.bridge.simulator.model.ReplyPlan.Step;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplyPlanTest {
    private static final Reply SENTENCE = Reply.saying("One two three", Sounds.noise(4_501, 1));

    @Test
    void shouldSendDeltasOf2000BytesAndAnOddTailFiveTimesFasterThanSpoken() {
        List<Step> audio = only(Act.Audio.class, ReplyPlan.of(SENTENCE));
        assertThat(audio.stream().map(step -> size((Act.Audio) step.act()))).containsExactly(2_000, 2_000, 501);
        assertThat(totalMs(ReplyPlan.of(SENTENCE))).isBetween(111L, 113L); // 4,501 bytes are 562 ms
    }

    @Test
    void shouldTakeNoTimeAtAllAtOnce() {
        assertThat(totalMs(ReplyPlan.of(SENTENCE.allAtOnce()))).isZero();
    }

    @Test
    void shouldEndInTheUsualOrderByDefault() {
        assertThat(endings(SENTENCE)).containsExactly(Ending.values());
    }

    @Test
    void shouldEndExactlyAsTold() {
        assertThat(endings(SENTENCE.endingWith(Ending.TRANSCRIPT_DONE, Ending.TRANSCRIPT_DONE)))
                .containsExactly(Ending.TRANSCRIPT_DONE, Ending.TRANSCRIPT_DONE, Ending.RESPONSE_DONE);
        assertThat(endings(SENTENCE.endingWith(Ending.RESPONSE_DONE, Ending.TRANSCRIPT_DONE)))
                .containsExactly(Ending.RESPONSE_DONE, Ending.TRANSCRIPT_DONE);
        assertThat(endings(SENTENCE.withoutResponseDone())).doesNotContain(Ending.RESPONSE_DONE);
    }

    @Test
    void shouldShuffleTheSameWayForTheSameSeedAndCloseLast() {
        for (long seed = 0; seed < 50; seed++) {
            Reply shuffled = SENTENCE.endingShuffled(seed, 30);
            assertThat(endings(shuffled))
                    .containsExactlyInAnyOrder(Ending.values())
                    .endsWith(Ending.RESPONSE_DONE);
            assertThat(ReplyPlan.of(shuffled)).isEqualTo(ReplyPlan.of(SENTENCE.endingShuffled(seed, 30)));
        }
        assertThat(endings(SENTENCE.endingShuffled(1, 0))).isNotEqualTo(endings(SENTENCE.endingShuffled(3, 0)));
    }

    @Test
    void shouldLeaveOutAudioDoneWhenThereWasNoAudioUnlessTold() {
        assertThat(endings(Reply.textOnly("Bye.")))
                .doesNotContain(Ending.AUDIO_DONE)
                .contains(Ending.TRANSCRIPT_DONE);
        assertThat(endings(Reply.textOnly("Bye.").endingWith(Ending.AUDIO_DONE)))
                .contains(Ending.AUDIO_DONE);
    }

    @Test
    void shouldSendTrailingAudioBehindAudioDone() {
        List<Step> steps = ReplyPlan.of(SENTENCE.trailingAfterAudioDone(501));
        int done = acts(steps).indexOf(new Act.End(0, Ending.AUDIO_DONE));
        assertThat(acts(steps.subList(done, steps.size()))).contains(new Act.Audio(0, 4_000, 4_501));
        assertThat(acts(steps.subList(0, done))).contains(new Act.Audio(0, 2_000, 4_000));
    }

    @Test
    void shouldSpellTheWholeTranscriptInDeltas() {
        StringBuilder spelled = new StringBuilder();
        for (Act act : acts(ReplyPlan.of(SENTENCE))) {
            if (act instanceof Act.Text text) {
                spelled.append(text.text());
            }
        }
        assertThat(spelled).hasToString("One two three");
    }

    @Test
    void shouldCloseTheResponseOnceBehindItsLastItem() {
        Reply two = SENTENCE.andSaying("Four", Sounds.noise(100, 2)).andCalling("end_call", "{}");
        assertThat(endings(two).stream().filter(Ending.RESPONSE_DONE::equals)).hasSize(1);
        assertThat(endings(two)).endsWith(Ending.RESPONSE_DONE);
        assertThat(only(Act.Open.class, ReplyPlan.of(two))).hasSize(3);
    }

    @Test
    void shouldPauseWhereTold() {
        Reply pausing = SENTENCE.allAtOnce().atAudioMs(250, Mishap.pause(700));
        List<Step> steps = ReplyPlan.of(pausing);
        assertThat(totalMs(steps)).isEqualTo(700);
        int second = acts(steps).indexOf(new Act.Audio(0, 2_000, 4_000));
        assertThat(totalMs(steps.subList(0, second + 1))).isEqualTo(700);
        assertThat(totalMs(steps.subList(0, acts(steps).indexOf(new Act.Audio(0, 0, 2_000)) + 1)))
                .isZero();
    }

    @Test
    void shouldStrikeBehindTheEventNamed() {
        List<Act> acts = acts(ReplyPlan.of(SENTENCE.after(Ending.AUDIO_DONE, Mishap.close(1011))));
        int done = acts.indexOf(new Act.End(0, Ending.AUDIO_DONE));
        assertThat(acts.get(done + 1)).isInstanceOf(Act.Strike.class);
    }

    @Test
    void shouldStrikeBeforeTheEndWhenThereIsLessAudioThanSaid() {
        Mishap mishap = Mishap.serverError();
        assertThat(acts(ReplyPlan.of(SENTENCE.andCalling("end_call", "{}").atAudioMs(60_000, mishap))))
                .containsSubsequence(
                        new Act.ArgumentsDone(1), new Act.Strike(mishap), new Act.End(1, Ending.RESPONSE_DONE));
        assertThat(acts(ReplyPlan.of(Reply.failing("server_error").atAudioMs(0, mishap))))
                .containsExactly(new Act.Strike(mishap), new Act.End(0, Ending.RESPONSE_DONE));
    }

    @Test
    void shouldKeepOnlyTheEndsWhenCancelled() {
        List<Step> rest = afterFirstDelta(ReplyPlan.of(SENTENCE));
        List<Step> left = ReplyPlan.cancelled(rest, 0, 0);
        assertThat(left)
                .allMatch(step -> step.act() instanceof Act.End && step.delayNs() == 0)
                .hasSize(5);
    }

    @Test
    void shouldKeepDeltasThatAreLateWhenCancelled() {
        List<Step> rest = afterFirstDelta(ReplyPlan.of(SENTENCE));
        List<Step> left = ReplyPlan.cancelled(rest, 0, TimeUnit.MILLISECONDS.toNanos(60));
        assertThat(only(Act.Audio.class, left)).hasSize(1); // the next is due after 50 ms, the one behind it after 100
        assertThat(left.get(0).delayNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void shouldRefuseSenselessSizesAndSpeeds() {
        assertThatThrownBy(() -> SENTENCE.inDeltasOf(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SENTENCE.inDeltasOf()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SENTENCE.atSpeed(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Step> afterFirstDelta(List<Step> steps) {
        return steps.subList(acts(steps).indexOf(new Act.Audio(0, 0, 2_000)) + 1, steps.size());
    }

    private static List<Act> acts(List<Step> steps) {
        return steps.stream().map(Step::act).toList();
    }

    private static List<Step> only(Class<? extends Act> kind, List<Step> steps) {
        return steps.stream().filter(step -> kind.isInstance(step.act())).toList();
    }

    private static List<Ending> endings(Reply reply) {
        return only(Act.End.class, ReplyPlan.of(reply)).stream()
                .map(step -> ((Act.End) step.act()).ending())
                .toList();
    }

    private static int size(Act.Audio audio) {
        return audio.to() - audio.from();
    }

    private static long totalMs(List<Step> steps) {
        return TimeUnit.NANOSECONDS.toMillis(
                steps.stream().mapToLong(Step::delayNs).sum());
    }
}
