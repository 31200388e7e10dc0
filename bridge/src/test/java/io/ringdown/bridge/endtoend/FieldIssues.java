package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.LONG_GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.say;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Echo;
import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.carrier.rest.RestRequest;
import io.ringdown.bridge.simulator.model.Mishap;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What bridges of this kind get wrong, by their own issue trackers, as promises any bridge can be held to: only its
 * neighbours are asked. {@link FieldIssuesIT} holds Ringdown to them, {@link NaiveBridgeIT} shows that they can be broken.
 */
abstract class FieldIssues {
    /** A bridge that fails to end a call is not waited for any longer. */
    private static final CallerScript CALLER = CallerScript.SILENT.at(30_000, CallerAction.hangUp());

    private static final int BYTES_PER_MS = 8;

    abstract Stage stage(ModelScript script) throws Exception;

    private static ModelScript greeting(Reply reply) {
        return ModelScript.script().greeting(reply);
    }

    /** A silence limit of two seconds, shorter than a person's hesitation, is a default in the field. */
    @Test
    void shouldHoldTheCallThroughTwoSecondsOfSilence() throws Exception {
        try (Stage stage = stage(greeting(saying("answer")).turn("that is all", saying("goodbye")))) {
            CarrierCall call = stage.play(CALLER.afterHearing(3_000, say("thanks")));
            stage.assertHungUpOnceAfterHearing(call, GOODBYE);
        }
    }

    /** The goodbye has been generated, most of it is still to be played, and the model's socket is gone. */
    @Test
    void shouldLetAGoodbyeBeHeardWhoseModelHasClosedItsSocket() throws Exception {
        Reply goodbye = saying("long_goodbye").allAtOnce().endingWith(TRANSCRIPT_DONE, AUDIO_DONE);
        try (Stage stage = stage(greeting(goodbye.after(AUDIO_DONE, Mishap.close(1000))))) {
            stage.assertHungUpOnceAfterHearing(stage.play(CALLER), LONG_GOODBYE);
        }
    }

    /** The clear of a barge-in empties the queues, which was taken for the end of the goodbye. */
    @Test
    void shouldNotHangUpSoonerForABargeIn() throws Exception {
        ModelScript script = greeting(saying("long_goodbye"))
                .turn("one more thing please", saying("correction"))
                .turn("that is all", saying("goodbye"));
        try (Stage stage = stage(script)) {
            CarrierCall call =
                    stage.play(CALLER.whileHearing(2_500, say("interruption")).afterHearing(300, say("thanks")));
            stage.assertHungUpOnceAfterHearing(call, GOODBYE);
            assertThat(stage.session().responses()).hasSize(3);
        }
    }

    /** With the stream gone there seemed to be nothing left to hang up; the phone call was still there, and cost money. */
    @Test
    void shouldHangUpThoughTheStreamBreaksMeanwhile() throws Exception {
        try (Stage stage = stage(greeting(saying("goodbye")))) {
            stage.rest().answer(RestAnswer.unavailable(), RestAnswer.unavailable(), RestAnswer.natural());
            CarrierCall call = stage.place(CALLER);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> !stage.hangups(call).isEmpty());
            call.perform(CallerAction.drop());
            stage.ended(call);
            await().untilAsserted(() -> assertThat(stage.hangups(call))
                    .extracting(RestRequest::status)
                    .hasSize(3)
                    .last()
                    .isNotEqualTo(503));
        }
    }

    /** One request that fails, and the call goes on for ever. */
    @Test
    void shouldAskAgainWhenTheHangupFails() throws Exception {
        try (Stage stage = stage(greeting(saying("goodbye")))) {
            stage.rest().answer(RestAnswer.unavailable(), RestAnswer.natural());
            CarrierCall call = stage.play(CALLER);
            await().untilAsserted(() -> assertThat(stage.hangups(call))
                    .extracting(RestRequest::status)
                    .containsExactly(503, 200));
        }
    }

    /** What was sent is seconds ahead of what was heard, and what was said before belongs to another item. */
    @Test
    void shouldTruncateAtWhatWasHeardOfThisReply() throws Exception {
        ModelScript script = greeting(saying("answer"))
                .turn("a question", saying("long_goodbye").allAtOnce())
                .turn("one more thing please", saying("correction"))
                .turn("that is all", saying("goodbye"));
        try (Stage stage = stage(script)) {
            CarrierCall call = stage.play(CALLER.afterHearing(300, say("question"))
                    .whileHearing(1_500, say("interruption"))
                    .afterHearing(300, say("thanks")));
            int others = Speech.line("answer").muLaw().length
                    + Speech.line("correction").muLaw().length;
            long heardMs = (call.heardBytes() - others - GOODBYE.length) / BYTES_PER_MS;
            assertThat(stage.session().truncations())
                    .singleElement()
                    .satisfies(cut -> assertThat((long) cut.audioEndMs()).isBetween(heardMs - 1_000, heardMs + 1_000));
            stage.assertHungUpOnceAfterHearing(call, GOODBYE);
        }
    }

    /** Whoever counts marks to know whether something plays is put wrong by echoes of what was cleared. */
    @Test
    void shouldClearAgainThoughTheEchoesOfTheLastClearAreLate() throws Exception {
        ModelScript script = greeting(saying("long_goodbye"))
                .turn("one more thing please", saying("long_goodbye"))
                .turn("one more thing please", saying("correction"))
                .turn("that is all", saying("goodbye"));
        try (Stage stage = stage(script)) {
            CarrierCall call = stage.ended(stage.carrier()
                    .place(CallPlan.via(stage.route())
                            .withEchoes(due -> due.cleared() ? Echo.late(1_000) : Echo.PROMPT)
                            .withScript(CALLER.whileHearing(1_000, say("interruption"))
                                    .whileHearing(2_500, say("interruption"))
                                    .afterHearing(300, say("thanks")))));
            assertThat(call.moments(CallMoment.Kind.CLEAR_RECEIVED)).hasSize(2);
            stage.assertHungUpOnceAfterHearing(call, GOODBYE);
        }
    }

    /** The model's socket breaks in mid-sentence, and the caller listens to silence. */
    @Test
    void shouldTellTheCallerThatTheModelIsLost() throws Exception {
        try (Stage stage = stage(greeting(saying("greeting").atAudioMs(1_000, Mishap.vanish())))) {
            stage.assertHungUpOnceAfterHearing(stage.play(CALLER), Speech.clip("en", "model_lost"));
        }
    }

    /** Most of the model's errors leave the session unharmed; ending the call for them does not. */
    @Test
    void shouldGoOnAfterABenignError() throws Exception {
        Reply goodbye = saying("goodbye").atAudioMs(500, Mishap.error("response_cancel_not_active"));
        try (Stage stage = stage(greeting(goodbye))) {
            stage.assertHungUpOnceAfterHearing(stage.play(CALLER), GOODBYE);
        }
    }

    /** A model was seen to call the tool that ends the call 337 times. */
    @Test
    void shouldEndOnceThoughTheModelCallsTheHangupToolInALoop() throws Exception {
        ModelScript script =
                greeting(Reply.calling("end_call", "{}").times(337)).whenPrompted(saying("goodbye"));
        try (Stage stage = stage(script)) {
            stage.assertHungUpOnceAfterHearing(stage.play(CALLER), GOODBYE);
            assertThat(stage.session().toolOutputs()).hasSizeLessThan(40);
        }
    }

    /** A wait of so many seconds after the last chunk cuts a chunk that is longer. */
    @Test
    void shouldNotCutALastChunkLongerThanAnyFixedWait() throws Exception {
        Reply goodbye = saying("long_goodbye").inDeltasOf(LONG_GOODBYE.length).allAtOnce();
        try (Stage stage = stage(greeting(goodbye))) {
            stage.assertHungUpOnceAfterHearing(stage.play(CALLER), LONG_GOODBYE);
        }
    }

    /** What a bridge knows of "the" call is overwritten by the next one. */
    @Test
    void shouldKeepTheFirstCallWhenASecondComesAndGoes() throws Exception {
        try (Stage stage = stage(greeting(saying("long_goodbye")))) {
            CarrierCall first = stage.place(CALLER);
            await().atMost(Duration.ofSeconds(40)).until(() -> first.heardBytes() > 0);
            stage.play(CallerScript.SILENT.whileHearing(500, CallerAction.hangUp()));
            stage.assertHungUpOnceAfterHearing(stage.ended(first), LONG_GOODBYE);
        }
    }
}
