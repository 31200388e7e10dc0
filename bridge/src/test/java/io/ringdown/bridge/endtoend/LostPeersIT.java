package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.Mishap;
import io.ringdown.bridge.simulator.model.ModelScript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A neighbour that fails: the model, the carrier's socket, the carrier's API. */
class LostPeersIT {
    private static final byte[] SORRY = Speech.clip("en", "model_lost");

    @Test
    @DisplayName("S36")
    void shouldFinishAGoodbyeWhoseModelIsLostAfterItsAudio() throws Exception {
        try (Scene scene = Scene.goodbye(
                reply -> reply.endingWith(TRANSCRIPT_DONE, AUDIO_DONE).after(AUDIO_DONE, Mishap.close(1001)))) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("S36")
    void shouldSaySorryWhenTheModelIsLostInMidCall() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("greeting").atAudioMs(1_000, Mishap.close(1011)));
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(SORRY);
        }
    }

    @Test
    void shouldSaySorryWhenTheModelCannotPay() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("greeting").endingFailed("insufficient_quota"));
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(SORRY);
        }
    }

    @Test
    void shouldGoOnAfterABenignError() throws Exception {
        ModelScript script = ModelScript.script()
                .greeting(saying("goodbye").atAudioMs(500, Mishap.error("response_cancel_not_active")));
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    enum Refusal {
        REFUSED,
        MISMATCHING,
        IGNORED
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S37")
    void shouldNotSpeakInASessionThatIsNotAsAskedFor(Refusal refusal) throws Exception {
        ModelScript.Configuring how = switch (refusal) {
            case REFUSED -> ModelScript.Configuring.refusing("invalid_value");
            case MISMATCHING -> ModelScript.Configuring.mismatching();
            case IGNORED -> ModelScript.Configuring.ignoring();
        };
        ModelScript script = ModelScript.script().greeting(saying("greeting")).configuring(how);
        try (Scene scene = Scene.with(script, "limits: {session_timeout_ms: 500}\n")) {
            scene.play().assertHungUpOnceAfterHearing(SORRY);
            assertThat(scene.model().received("response.create")).isEmpty();
            assertThat(scene.model().earlyAudioBytes()).isZero();
        }
    }

    @Test
    @DisplayName("S21")
    void shouldTryTheHangupAgainWhenTheApiFails() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply)) {
            scene.testbed.rest().answer(RestAnswer.unavailable(), RestAnswer.unavailable(), RestAnswer.natural());
            scene.play();
            await().untilAsserted(() -> assertThat(scene.testbed.rest().requests(scene.call.callSid()))
                    .extracting(RestRequest::status)
                    .containsExactly(503, 503, 200));
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.COMPLETED_BY_REST);
        }
    }

    @Test
    @DisplayName("S21")
    void shouldTakeNotInProgressForDone() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply)) {
            scene.testbed.rest().answer(RestAnswer.notInProgress());
            scene.play();
            assertThat(scene.hangups()).isEqualTo(1);
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.SERVER_CLOSED);
        }
    }

    @Test
    @DisplayName("S21")
    void shouldCloseTheStreamWhenTheApiFailsForGood() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply)) {
            scene.testbed.rest().answer(RestAnswer.unavailable(), RestAnswer.unavailable(), RestAnswer.unavailable());
            scene.play();
            assertThat(scene.hangups()).isEqualTo(3);
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.SERVER_CLOSED);
        }
    }

    @Test
    @DisplayName("S24, though the agent has all the calls it may have")
    void shouldReplaceAStreamOfTheSameCallWithoutHangingUp() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("long_goodbye"));
        try (Scene scene = Scene.with(script, "agent: {max_calls: 1}\n")) {
            var first = scene.place(plan -> plan.withCallSid("CA00000000000000000000000000000024"));
            await().until(() -> first.heardBytes() > 0);
            var second = scene.testbed
                    .carrier()
                    .place(CallPlan.via(scene.testbed.route()).withCallSid(first.callSid()));
            await().until(first::isOver);
            assertThat(first.ending().get().cause()).isEqualTo(CallEnding.Cause.SERVER_CLOSED);
            await().until(() -> second.heardBytes() > 0);
            assertThat(scene.hangups()).isZero();
            second.perform(CallerAction.hangUp());
        }
    }

    @Test
    @DisplayName("S47")
    void shouldCloseAStreamThatNeverStartsWithoutAskingForAModel() throws Exception {
        try (Scene scene = Scene.with(ModelScript.script(), "limits: {start_timeout_ms: 300}\n")) {
            scene.play(plan -> plan.withStartDelayMs(CallPlan.NEVER));
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.SERVER_CLOSED);
            assertThat(scene.testbed.model().sessions()).isEmpty();
            assertThat(scene.hangups()).isZero();
        }
    }

    @Test
    @DisplayName("S46")
    void shouldTurnAwayWhoComesWhenAllPlacesAreTaken() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("long_goodbye"));
        try (Scene scene = Scene.with(script, NO_PROTECTION + "max_calls: 1\n")) {
            var first = scene.place(plan -> plan);
            await().until(() -> first.heardBytes() > 0);
            scene.play();
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.REJECTED);
            assertThat(scene.testbed.model().sessions()).hasSize(1);
            first.perform(CallerAction.hangUp());
            await().until(() -> scene.testbed.server().liveCalls() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveItsPlaceBackHoweverTheCarrierLeaves(Leaving leaving) throws Exception {
        try (Scene scene = Scene.with(ModelScript.script().greeting(saying("long_goodbye")))) {
            scene.play(plan -> plan.withScript(CallerScript.SILENT.whileHearing(200, leaving.action)));
            await().until(() -> scene.testbed.server().liveCalls() == 0);
            assertThat(scene.hangups()).isZero();
        }
    }

    enum Leaving {
        STOP(CallerAction.hangUp()),
        RESET(CallerAction.reset()),
        DROP(CallerAction.drop());

        private final CallerAction action;

        Leaving(CallerAction action) {
            this.action = action;
        }
    }
}
