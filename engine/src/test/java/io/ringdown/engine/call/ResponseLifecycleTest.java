package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.CLIP_MS;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Incidents with the responses themselves: asked for twice, collided, stalled, failed, never done; and the model's tools. */
class ResponseLifecycleTest {
    private VirtualCall call = VirtualCall.talking();
    private FakeModel model = call.model;

    private VirtualCall greeting() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.PLAYBACK, true));
        model = call.model;
        return call;
    }

    @Test
    @DisplayName("C.26 a request meets an active response")
    void shouldTryACollidedRequestAgainAfterTheActiveResponse() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        assertThat(model.requests).as("one at a time").isEmpty();
        model.done("r1");
        assertThat(model.requests).containsExactly(ResponsePurpose.TOOL_ANSWER);
        model.begins("r2");
        call.happens(EventType.RESPONSE_COLLIDED);
        call.runMs(2_000);
        assertThat(model.requests).hasSize(1);
        model.done("r2");
        assertThat(model.requests).containsExactly(ResponsePurpose.TOOL_ANSWER, ResponsePurpose.TOOL_ANSWER);
        call.assertEnds();
    }

    @Test
    @DisplayName("C.26 the active response was over when its collision was told")
    void shouldTryACollidedRequestAgainAlsoWhenNothingIsActive() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        model.done("r1");
        model.begins("r2");
        model.done("r2");
        call.happens(EventType.RESPONSE_COLLIDED);
        call.runMs(249);
        assertThat(model.requests).containsExactly(ResponsePurpose.FAREWELL);
        call.runMs(1);
        assertThat(model.requests).containsExactly(ResponsePurpose.FAREWELL, ResponsePurpose.FAREWELL);
        call.assertEnds();
    }

    @Test
    @DisplayName("C.26 a request that collides for ever")
    void shouldSayTheFarewellItselfWhenRequestsCollideForEver() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        model.done("r1");
        for (int i = 0; i < 10; i++) {
            call.happens(EventType.RESPONSE_COLLIDED);
            call.runMs(300);
        }
        assertThat(model.requests).hasSize(4);
        assertThat(call.lane.clips).containsExactly(Clip.GOODBYE);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("C.28 the greeting is spoken once, or not at all")
    void shouldNotGreetAfterTheModelHasSpoken() {
        greeting();
        assertThat(model.requests).containsExactly(ResponsePurpose.GREETING);
        model.begins("r1");
        call.happens(EventType.RESPONSE_COLLIDED);
        model.finishes("r1", 500, SMALL_TALK);
        call.runMs(10_000);
        assertThat(model.requests).hasSize(1);
        call.assertEnds();
    }

    @Test
    @DisplayName("C.28 the caller speaks before the greeting")
    void shouldCancelAGreetingTheCallerDidNotWaitFor() {
        greeting();
        call.callerSpeaks();
        model.begins("r1", ResponsePurpose.GREETING);
        assertThat(model.cancels).containsExactly("r1");
        model.speaks("r1", 500);
        assertThat(call.carrier.wire).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("C.29 cancelled once")
    void shouldCancelAResponseOnce() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.callerSpeaks();
        call.callerStops();
        call.callerSpeaks();
        call.happens(event -> event.audioRefused("r1", 100, DropReason.OUT_FULL));
        assertThat(model.cancels).containsExactly("r1");
        call.assertEnds();
    }

    @Test
    @DisplayName("C.29 what is done is not cancelled")
    void shouldNotCancelAResponseThatIsDone() {
        model.says("r1", 3_000, SMALL_TALK);
        call.callerSpeaks();
        assertThat(model.cancels).isEmpty();
        assertThat(call.carrier.wire).endsWith("clear");
        call.assertEnds();
    }

    @Test
    @DisplayName("C.30, C.31 heard long after it was generated")
    void shouldLetTheCallerInterruptWhatIsOnlyHeardAnyMore() {
        model.says("r1", 4_000, SMALL_TALK);
        call.runMs(3_900);
        call.callerSpeaks();
        assertThat(call.carrier.wire).endsWith("clear");
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        call.assertEnds();
    }

    @Test
    @DisplayName("C.32 the end of a cancelled response never comes")
    void shouldGiveUpACancelledResponseThatNeverEnds() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.callerSpeaks();
        call.callerStops();
        assertThat(call.machine.turn()).isEqualTo(Turn.YIELDING);
        call.runMs(10_000);
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        assertThat(model.requests).as("nobody waits for the rest of it").isEmpty();
        call.runMs(21_000);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("C.50 a response without a first delta")
    void shouldGiveUpAResponseThatNeverSpeaks() {
        model.begins("r1");
        call.runMs(9_999);
        assertThat(model.cancels).isEmpty();
        call.runMs(1);
        assertThat(model.cancels).containsExactly("r1");
        assertThat(call.lane.log).contains("response stalled");
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        model.speaks("r1", 500); // late, and cancelled
        assertThat(call.carrier.wire).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("C.50 twice")
    void shouldEndACallWhoseModelHasFallenSilent() {
        model.begins("r1");
        call.runMs(10_000);
        model.begins("r2", ResponsePurpose.RESUME);
        call.runMs(10_000 + CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotTakeALongSpeechForAStallWhenItsEndIsLost() {
        model.begins("r1");
        model.speaks("r1", 15_000);
        model.endsAudio("r1");
        call.runMs(15_000);
        assertThat(model.requests).isEmpty();
        assertThat(call.carrier.heardBytes(1)).isEqualTo(120_000);
        call.runMs(20_000 + CLIP_MS);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("two responses fall silent: neither keeps the call")
    void shouldGiveUpTheSecondOfTwoStalledResponsesToo() {
        model.begins("r1");
        model.begins("r2");
        call.runMs(10_000);
        assertThat(model.cancels).containsExactly("r2");
        call.runMs(10_000);
        assertThat(model.cancels).containsExactly("r2", "r1");
        call.assertEnds();
    }

    @Test
    @DisplayName("C.51 a server's error is tried once more")
    void shouldAskOnceMoreAfterAServersError() {
        model.begins("r1");
        model.done("r1", ResponseStatus.FAILED);
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        model.begins("r2", ResponsePurpose.RESUME);
        model.done("r2", ResponseStatus.FAILED);
        model.speaks("r2", 500); // late, of a model we gave up
        assertThat(call.lane.droppedBytes(DropReason.CANCELLED)).isEqualTo(4_000);
        assertThat(model.requests).hasSize(1);
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("C.51 success in between forgives")
    void shouldForgetAnErrorAfterASuccess() {
        for (int i = 0; i < 6; i += 2) {
            model.begins("r" + i);
            model.done("r" + i, ResponseStatus.FAILED);
            model.begins("r" + (i + 1), ResponsePurpose.RESUME);
            model.finishes("r" + (i + 1), 500, SMALL_TALK);
        }
        call.assertNoHangup();
        assertThat(call.lane.clips).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("C.51 an error that is told twice")
    void shouldTakeAnErrorToldTwiceForOne() {
        model.begins("r1");
        model.done("r1", ResponseStatus.FAILED);
        model.done("r1", ResponseStatus.FAILED);
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        assertThat(call.lane.clips).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("C.51 no retry on an empty account")
    void shouldEndTheCallWhenTheAccountIsEmpty() {
        model.begins("r1");
        model.done("r1", ResponseStatus.FAILED_QUOTA);
        assertThat(model.requests).isEmpty();
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_QUOTA);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("C.51 a farewell that fails is asked for again")
    void shouldAskAgainForAFarewellThatFailed() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        model.done("r1", ResponseStatus.FAILED);
        assertThat(model.requests).containsExactly(ResponsePurpose.FAREWELL);
        call.assertEnds();
    }

    @Test
    @DisplayName("C.68 a digit asks for nothing")
    void shouldAskForNothingWhenADigitIsPressed() {
        call.happens(event -> event.digitPressed("5"));
        assertThat(model.requests).isEmpty();
        assertThat(call.lane.log).containsExactly("digit pressed");
        call.assertEnds();
    }

    @Test
    @DisplayName("C.50 a stall counts from the last sign of life")
    void shouldWaitForAResponseThatStillSpeaks() {
        model.begins("r1");
        call.runMs(9_000);
        model.speaks("r1", 250);
        call.runMs(9_999);
        assertThat(model.cancels).isEmpty();
        call.runMs(1);
        assertThat(model.cancels).containsExactly("r1");
        call.assertEnds();
    }

    @Test
    @DisplayName("C.50 a goodbye that stalled, and was interrupted")
    void shouldGiveUpAStalledGoodbyeTheCallerInterrupted() {
        model.begins("r1");
        model.speaks("r1", 15_000);
        model.words("r1", BYE);
        call.runMs(12_000);
        call.callerSpeaks();
        call.callerStops();
        assertThat(call.machine.turn()).isEqualTo(Turn.YIELDING);
        call.runMs(8_000);
        assertThat(call.machine.turn()).isEqualTo(Turn.LISTENING);
        call.assertEnds();
    }

    @Test
    void shouldNotWaitForTheEndOfPlayoutWhileTheModelGenerates() {
        call.carrier.losesEchoes = true;
        model.begins("r1");
        model.speaks("r1", 500);
        assertThat(call.nextDeadlineMs()).isEqualTo(10_000);
        call.assertEnds();
    }

    @Test
    void shouldNotWaitAnyMoreForARequestThatWasAnswered() {
        greeting();
        assertThat(call.nextDeadlineMs()).isEqualTo(5_000);
        model.begins("r1", ResponsePurpose.GREETING);
        assertThat(call.nextDeadlineMs()).isEqualTo(10_000);
        call.assertEnds();
    }

    // tools

    @Test
    void shouldAskOnceForTheAnswerToTwoTools() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        model.done("r1");
        model.callsTool("r1", "weather"); // late
        model.begins("r2", ResponsePurpose.TOOL_ANSWER);
        model.finishes("r2", 500, SMALL_TALK);
        assertThat(model.requests).containsExactly(ResponsePurpose.TOOL_ANSWER);
        call.assertEnds();
    }

    @Test
    void shouldAskAgainForAnAnswerThatTheCallerCancelled() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        model.done("r1");
        call.callerSpeaks();
        model.callsTool("r1", "weather"); // late
        model.begins("r2", ResponsePurpose.TOOL_ANSWER);
        assertThat(model.cancels).containsExactly("r2");
        model.done("r2", ResponseStatus.CANCELLED);
        call.callerStops();
        assertThat(model.requests).containsExactly(ResponsePurpose.TOOL_ANSWER, ResponsePurpose.TOOL_ANSWER);
        call.assertEnds();
    }

    @Test
    void shouldAskForOneResponseAtATime() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        model.done("r1");
        call.callerWords("תודה, ביי");
        assertThat(model.requests).containsExactly(ResponsePurpose.TOOL_ANSWER);
        call.assertEnds();
    }

    @Test
    void shouldForgetTheToolTheCallerSpokeOver() {
        model.begins("r1");
        model.callsTool("r1", "weather");
        call.callerSpeaks();
        model.done("r1", ResponseStatus.CANCELLED);
        call.callerStops();
        call.runMs(1_000);
        assertThat(model.requests).as("the answer to that is the model's own").isEmpty();
        call.assertEnds();
    }

    @Test
    void shouldEndOnceHoweverOftenTheToolIsCalled() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        for (int i = 0; i < 337; i++) {
            model.callsTool("r1", "end_call");
        }
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.done("r1");
        assertThat(model.toolAnswers).hasSize(32).startsWith(ToolAnswer.ENDING, ToolAnswer.ALREADY_ENDING);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotRunInALoopWithAnUnknownTool() {
        for (int i = 0; i < 100; i++) {
            model.begins("r" + i, i == 0 ? ResponsePurpose.TURN : ResponsePurpose.TOOL_ANSWER);
            model.callsTool("r" + i, "weather");
            model.done("r" + i);
        }
        assertThat(model.requests)
                .as("16 answers, and the one that says no more")
                .hasSize(17);
        assertThat(model.toolAnswers).hasSize(32).contains(ToolAnswer.UNKNOWN_TOOL, ToolAnswer.LIMIT_REACHED);
        call.runMs(21_000);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    void shouldAnswerAsManyToolCallsAsTheAgentMayMake() {
        call = VirtualCall.talking(CallScript.withMaxToolCalls(1));
        model = call.model;
        for (int i = 0; i < 5; i++) {
            model.begins("r" + i, i == 0 ? ResponsePurpose.TURN : ResponsePurpose.TOOL_ANSWER);
            model.callsTool("r" + i, "weather");
            model.done("r" + i);
        }
        assertThat(model.toolAnswers).containsExactly(ToolAnswer.UNKNOWN_TOOL, ToolAnswer.LIMIT_REACHED);
        assertThat(model.requests)
                .as("the answer, and the one that says no more")
                .hasSize(2);
        call.runMs(21_000);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    void shouldStillHearTheEndOfTheCallAfterALoopOfTools() {
        model.begins("r1");
        for (int i = 0; i < 100; i++) {
            model.callsTool("r1", "weather");
        }
        model.callsTool("r1", "end_call");
        model.finishes("r1", 500, BYE);
        call.runMs(500);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotAskAgainWhenTheToolIsCalledAgainAfterItsResponse() {
        model.begins("r1");
        model.callsTool("r1", "end_call");
        model.done("r1");
        model.begins("r2", ResponsePurpose.FAREWELL);
        model.callsTool("r1", "end_call");
        model.finishes("r2", 1_000, BYE);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.END_CALL_TOOL);
        assertThat(model.requests).hasSize(1);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "INCOMPLETE", "FAILED", "FAILED_QUOTA"})
    void shouldNeverEndACallForAGoodbyeThatDidNotComplete(ResponseStatus status) {
        model.begins("r1");
        model.speaks("r1", 1_000);
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.done("r1", status);
        call.runMs(1_500);
        assertThat(call.hangups()).doesNotContain(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEnds();
    }
}
