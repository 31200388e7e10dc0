package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller says and does, and what it does not do. */
class CallerScenariosTest {
    private VirtualCall call = VirtualCall.talking();
    private FakeModel model = call.model;

    @Test
    @DisplayName("S25 the caller says goodbye, and the model answers with one")
    void shouldLetTheModelAnswerTheCallersGoodbye() {
        call.callerSays("תודה, ביי");
        assertThat(model.requests).containsExactly(ResponsePurpose.GOODBYE_ANSWER);
        call.assertNoHangup();
        model.begins("r1", ResponsePurpose.GOODBYE_ANSWER);
        model.finishes("r1", 1_000, BYE);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S25 the model's own turn is the answer")
    void shouldNotAskForAnAnswerTheModelIsGiving() {
        call.callerSpeaks();
        call.callerStops();
        model.begins("r1");
        call.callerWords("תודה, ביי");
        assertThat(model.requests).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("S25 the answer has no goodbye: 10 s after its end")
    void shouldHangUpAWhileAfterAnAnswerWithoutGoodbye() {
        call.callerSpeaks();
        call.callerStops();
        model.begins("r1");
        call.callerWords("תודה, ביי");
        model.finishes("r1", 8_000, SMALL_TALK);
        call.runMs(17_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1 + CallScript.CLIP_MS);
        call.assertHungUp(HangupReason.USER_GOODBYE);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S25 the caller's goodbye is transcribed while the answer plays")
    void shouldCountFromTheEndOfAnAnswerThatPlaysAlready() {
        call.callerSpeaks();
        call.callerStops();
        model.says("r1", 15_000, SMALL_TALK);
        call.callerWords("תודה, ביי");
        call.runMs(24_999);
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1 + CallScript.CLIP_MS);
        call.assertHungUp(HangupReason.USER_GOODBYE);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S25 a long goodbye of the model is not cut by the wait for it")
    void shouldNotCutTheGoodbyeThatAnswersTheCallers() {
        call.callerSays("תודה, ביי");
        model.begins("r1", ResponsePurpose.GOODBYE_ANSWER);
        model.finishes("r1", 14_000, BYE);
        call.runMs(14_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(112_000);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S25 the caller says goodbye and goes on")
    void shouldForgetTheCallersGoodbyeWhenTheCallerGoesOn() {
        call.callerSpeaks();
        call.callerStops();
        call.callerSpeaks();
        call.callerWords("ביי"); // the transcript of the first turn is late
        call.runMs(2_000);
        call.callerStops();
        call.callerWords("רגע, יש לי עוד שאלה");
        model.says("r1", 1_000, SMALL_TALK);
        call.runMs(15_000);
        call.assertNoHangup();
        assertThat(call.lane.clips).isEmpty();
        call.assertEnds();
    }

    @ParameterizedTest
    @DisplayName("S26 goodbye, but")
    @ValueSource(strings = {"ביי אבל רגע", "bye but wait"})
    void shouldNotTakeAGoodbyeThatGoesOn(String words) {
        call.callerSays(words);
        call.runMs(15_000);
        assertThat(model.requests).isEmpty();
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S27 the caller is forwarded while a goodbye is armed and drains")
    void shouldForwardTheCallerThroughTheGoodbye() {
        model.begins("r1");
        model.words("r1", BYE);
        call.callerAudio();
        model.finishes("r1", 1_000, BYE);
        for (int i = 0; i < 40; i++) {
            call.runMs(20);
            call.callerAudio();
        }
        assertThat(call.lane.forwardedBytes).isEqualTo(41 * 160);
        call.runMs(200);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.callerAudio();
        assertThat(call.lane.droppedBytes(DropReason.AFTER_END)).isEqualTo(160);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S28 an echo cut the goodbye, and nobody said anything")
    void shouldAskTheModelToFinishAGoodbyeCutByAnEcho() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        call.runMs(300);
        call.callerStops();
        call.callerWords("");
        call.runMs(4_699);
        assertThat(model.requests).isEmpty();
        call.runMs(1);
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        model.begins("r2", ResponsePurpose.RESUME);
        model.finishes("r2", 500, BYE);
        call.runMs(500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S28 the model cancelled before it told of the speech")
    void shouldAskTheModelToFinishAGoodbyeItCancelledItself() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        model.words("r1", BYE);
        model.done("r1", ResponseStatus.CANCELLED);
        call.callerSpeaks();
        call.callerStops();
        call.runMs(5_000);
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        call.assertEnds();
    }

    @Test
    @DisplayName("S28 a caller who speaks for long is no echo")
    void shouldNotInterruptACallerWhoInterruptedAGoodbye() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        call.runMs(12_000);
        call.callerStops();
        call.callerWords("אז ככה, יש לי עוד בקשה");
        call.runMs(6_000);
        assertThat(model.requests).isEmpty();
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S28 the model does not finish either")
    void shouldEndInSilenceWhenTheModelDoesNotFinish() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        call.callerStops();
        call.runMs(40_000);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S29 a goodbye in the greeting")
    void shouldIgnoreAGoodbyeInAProtectedGreeting() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.PLAYBACK, true));
        assertThat(call.model.requests).containsExactly(ResponsePurpose.GREETING);
        call.model.begins("r1", ResponsePurpose.GREETING);
        call.model.finishes("r1", 1_000, BYE);
        call.runMs(5_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S29 and without the protection")
    void shouldHeedAGoodbyeInAnUnprotectedGreeting() {
        call = VirtualCall.talking(CallScript.unprotectedGreeting());
        call.model.begins("r1", ResponsePurpose.GREETING);
        call.model.finishes("r1", 1_000, BYE);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @DisplayName("S30 what only sounds like a goodbye")
    @ValueSource(
            strings = {
                "אל תגיד ביי",
                "היא אמרה לי ביי ואז הלכה",
                "לפני שנגיד ביי, יש עוד משהו?",
                "bye for now is not what I meant, tell me more",
                "היי ביי ביי, מה שלומך?",
                "המשחק נקרא בייסבול"
            })
    void shouldNotHangUpOnWhatIsNoGoodbye(String words) {
        model.says("r1", 500, words);
        call.runMs(5_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S25 the goodbye is transcribed while the caller still speaks")
    void shouldWaitForTheCallerBeforeItAsksForTheAnswer() {
        call.callerSpeaks();
        call.callerWords("תודה, ביי");
        assertThat(model.requests).isEmpty();
        call.callerStops();
        assertThat(model.requests).containsExactly(ResponsePurpose.GOODBYE_ANSWER);
        call.assertEnds();
    }

    @Test
    @DisplayName("S25 the caller speaks again, and no words come of it")
    void shouldNotHoldACallerToAGoodbyeWhoSpokeAgain() {
        call.callerSays("תודה, ביי");
        call.runMs(5_000);
        call.callerSpeaks();
        call.callerStops();
        call.runMs(15_000);
        assertThat(call.lane.clips).isEmpty();
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S28 the model goes on by itself")
    void shouldNotAskTheModelToFinishWhenItSpeaksAgain() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        assertThat(call.lane.log).contains("goodbye cancelled by the caller");
        call.callerStops();
        model.says("r2", 500, SMALL_TALK);
        call.runMs(8_000);
        assertThat(model.requests).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("S28 a long noise without words")
    void shouldAskTheModelToFinishOnceTheNoiseIsOver() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        call.runMs(6_000);
        assertThat(model.requests).isEmpty();
        call.callerStops();
        call.runMs(5_000);
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        call.assertEnds();
    }
}
