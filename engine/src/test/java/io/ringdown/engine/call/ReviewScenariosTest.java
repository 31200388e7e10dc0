package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the review of the design added. */
class ReviewScenariosTest {
    private VirtualCall call = VirtualCall.talking();
    private FakeModel model = call.model;

    @Test
    @DisplayName("S51 two audio items in one goodbye")
    void shouldWaitForTheMarkBehindTheSecondItem() {
        model.begins("r1");
        model.speaks("r1", "a", 200);
        model.endsAudio("r1", "a");
        model.words("r1", "a", SMALL_TALK);
        call.runMs(200);
        model.speaks("r1", "b", 1_000);
        model.words("r1", "b", BYE);
        model.endsAudio("r1", "b");
        model.done("r1");
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S51 the second item takes the goodbye back")
    void shouldDisarmWhenTheResponseGoesOn() {
        model.begins("r1");
        model.speaks("r1", "a", 500);
        model.words("r1", "a", BYE);
        model.endsAudio("r1", "a");
        model.speaks("r1", "b", 500);
        model.words("r1", "b", "רגע, לפני שננתק, מה מספר הטלפון שלך?");
        model.endsAudio("r1", "b");
        model.done("r1");
        call.runMs(3_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S51 audio after the end of the audio")
    void shouldWaitForAudioThatComesAfterItsEnd() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.endsAudio("r1");
        model.speaks("r1", 500);
        model.words("r1", BYE);
        model.done("r1");
        model.speaks("r1", 500);
        call.runMs(1_499);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(12_000);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 end_call without words while earlier speech plays")
    void shouldCutNothingWhenTheToolEndsTheCall() {
        model.says("r1", 4_000, SMALL_TALK);
        model.begins("r2");
        model.callsTool("r2", "end_call");
        model.done("r2");
        assertThat(model.toolAnswers).containsExactly(ToolAnswer.ENDING);
        call.runMs(3_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(model.requests).isEmpty();
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 end_call without words on an idle line: one farewell follows")
    void shouldAskForOneFarewellAfterAWordlessEndCall() {
        farewellAskedFor();
        model.begins("r2", ResponsePurpose.FAREWELL);
        call.runMs(3_000); // a first delta may take its time
        call.assertNoHangup();
        model.finishes("r2", 1_000, "Have a nice day!");
        call.runMs(1_000);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    private void farewellAskedFor() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        assertThat(model.requests).isEmpty();
        model.done("r1");
        assertThat(model.requests).containsExactly(ResponsePurpose.FAREWELL);
    }

    @Test
    @DisplayName("S52 the farewell is wordless too")
    void shouldHangUpWhenTheFarewellHasNoWords() {
        farewellAskedFor();
        model.begins("r2", ResponsePurpose.FAREWELL);
        model.callsTool("r2", "end_call");
        model.done("r2");
        call.runMs(0);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(model.requests).hasSize(1);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the farewell never comes")
    void shouldSayTheFarewellItselfWhenTheModelDoesNot() {
        farewellAskedFor();
        call.runMs(5_000 + CallScript.CLIP_MS);
        assertThat(call.lane.clips).containsExactly(Clip.GOODBYE);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the farewell falls silent")
    void shouldEndWhenTheFarewellIsBegunAndNeverSpoken() {
        farewellAskedFor();
        model.begins("r2", ResponsePurpose.FAREWELL);
        call.runMs(10_000);
        assertThat(model.cancels).containsExactly("r2");
        assertThat(model.requests).containsExactly(ResponsePurpose.FAREWELL, ResponsePurpose.FAREWELL);
        call.runMs(30_000);
        assertThat(call.hangups()).hasSize(1);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the caller speaks before the farewell")
    void shouldDropAFarewellTheCallerDoesNotWaitFor() {
        farewellAskedFor();
        call.callerSpeaks();
        model.begins("r2", ResponsePurpose.FAREWELL);
        assertThat(model.cancels).containsExactly("r2");
        model.speaks("r2", 500);
        model.done("r2", ResponseStatus.CANCELLED);
        call.callerStops();
        model.says("r3", 500, SMALL_TALK);
        call.runMs(3_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S52 the caller speaks before the farewell, which never comes")
    void shouldNotSayAFarewellItselfThatTheCallerDoesNotWaitFor() {
        farewellAskedFor();
        call.callerSpeaks();
        call.callerStops();
        call.runMs(6_000 + CallScript.CLIP_MS);
        assertThat(call.lane.clips).isEmpty();
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S52 end_call in the same response as the goodbye")
    void shouldEndOnceWhenGoodbyeAndToolComeTogether() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        model.finishes("r1", 1_000, BYE);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(call.lane.log).contains("polite via=audio.done r1 drain=mark");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S53 barge-in after the mark and before a late goodbye")
    void shouldNotArmAGoodbyeTheCallerSpokeAfter() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.endsAudio("r1");
        model.done("r1");
        call.runMs(1_000);
        call.callerSpeaks();
        model.words("r1", BYE);
        call.runMs(2_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S54 the maximum duration passes during a goodbye")
    void shouldLetAGoodbyeFinishWithinTheGrace() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(9_000);
        call.model.says("r1", 5_000, BYE);
        call.runMs(4_999);
        call.assertNoHangup();
        assertThat(call.lane.clips).isEmpty();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the model says goodbye in a turn of its own instead of the farewell")
    void shouldNotCutAGoodbyeForTheFarewellThatNeverCame() {
        farewellAskedFor();
        model.says("r2", 8_000, BYE);
        call.runMs(7_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(2)).isEqualTo(64_000);
        assertThat(call.lane.clips).isEmpty();
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the farewell does not come while an operator's is said")
    void shouldSayOneGoodbyeWhenAnOperatorIsFaster() {
        farewellAskedFor();
        call.runMs(4_500);
        call.happens(event -> event.operatorHungUp(true));
        call.runMs(CallScript.CLIP_MS);
        assertThat(call.lane.clips).containsExactly(Clip.GOODBYE);
        call.assertHungUp(HangupReason.OPERATOR);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 an empty transcript is not yet a farewell")
    void shouldGiveTheFarewellTimeThatHasOnlyAnEmptyTranscript() {
        farewellAskedFor();
        model.begins("r2", ResponsePurpose.FAREWELL);
        model.words("r2", "");
        call.runMs(3_000);
        call.assertNoHangup();
        model.finishes("r2", 1_000, "Have a nice day!");
        call.runMs(1_000);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S52 the farewell is wordless, and the echo of its mark is lost")
    void shouldBoundTheWaitForAWordlessFarewell() {
        call.carrier.losesEchoes = true;
        farewellAskedFor();
        model.begins("r2", ResponsePurpose.FAREWELL);
        model.done("r2");
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        call.assertEndsByItself();
    }
}
