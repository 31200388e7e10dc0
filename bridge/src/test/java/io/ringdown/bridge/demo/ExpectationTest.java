package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final String BYE = "bot_goodbye_bye_only";
    private static final Outcome POLITE = outcome(1, BYE, 0, 0);

    @Test
    void shouldBeMetByAPoliteEnd() {
        assertThat(Expectation.goodbye().undisturbed().via("audio.done").unmetBy(POLITE))
                .isEmpty();
    }

    @Test
    void shouldForbidNoHangupAsFirmlyAsTwo() {
        assertThat(Expectation.goodbye().unmetBy(outcome(0, BYE, 0, 0))).containsExactly("1 hangup");
        assertThat(Expectation.goodbye().unmetBy(outcome(2, BYE, 0, 0))).containsExactly("1 hangup");
    }

    @Test
    void shouldForbidACutOffAndAnotherReason() {
        assertThat(Expectation.goodbye().unmetBy(outcome(1, "silence_timeout", 0, 20)))
                .containsExactly("nothing cut off", "reason=bot_goodbye_bye_only");
    }

    @Test
    void shouldForbidWhatHappenedToNobodysKnowledge() {
        Outcome bad = new Outcome(
                1,
                BYE,
                "audio.done",
                "timeout",
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                0,
                0,
                1,
                List.of("31951"));
        assertThat(Expectation.anyEnd().unmetBy(bad))
                .containsExactly(
                        "drain=mark", "after the last mark", "last words heard whole", "caller heard", "no violations");
    }

    /** The flaw of a scenario in which the caller speaks before there is a goodbye to cancel. */
    @Test
    void shouldNotTakeABargeInForACancelledGoodbye() {
        assertThat(Expectation.goodbye().afterBargeIn().unmetBy(outcome(1, BYE, 0, 0)))
                .containsExactly("1 goodbye cancelled", "cleared and truncated", "answered afterwards");
        assertThat(Expectation.goodbye().undisturbed().unmetBy(outcome(1, BYE, 1, 0)))
                .containsExactly("0 goodbyes cancelled");
    }

    @Test
    void shouldHoldTheOrderAScenarioIsNamedFor() {
        assertThat(Expectation.goodbye()
                        .via("transcript.done_racefix")
                        .heardBeforeTranscript()
                        .unheardAtLeast(5_000)
                        .unmetBy(POLITE))
                .containsExactly(
                        "via=transcript.done_racefix",
                        "all heard before the transcript",
                        "over 5000 ms unheard at audio.done");
    }

    private static Outcome outcome(int hangups, String reason, int cancelled, long cutOffMs) {
        return new Outcome(
                hangups,
                reason,
                "audio.done",
                "mark",
                cancelled,
                false,
                false,
                true,
                true,
                true,
                false,
                1_500,
                cutOffMs,
                3,
                List.of());
    }
}
