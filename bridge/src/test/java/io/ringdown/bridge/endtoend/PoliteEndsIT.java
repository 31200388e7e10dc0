package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.LONG_GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.say;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.CONTENT_PART_DONE;
import static io.ringdown.bridge.simulator.model.Ending.OUTPUT_ITEM_DONE;
import static io.ringdown.bridge.simulator.model.Ending.RESPONSE_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallMoment;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.Echo;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How calls end, over real sockets. */
class PoliteEndsIT {

    @Test
    @DisplayName("S1, A")
    void shouldHangUpOnceAfterTheMarkOfTheGoodbye() throws Exception {
        try (Scene scene = Scene.goodbye(reply ->
                reply.endingWith(TRANSCRIPT_DONE, AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE))) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
            List<CallMoment> echoes = scene.call.moments(CallMoment.Kind.MARK_ECHOED);
            assertThat(scene.hangupNs())
                    .isGreaterThan(echoes.get(echoes.size() - 1).atNs());
        }
    }

    @Test
    @DisplayName("S2, B")
    void shouldHangUpWhenTheGoodbyeIsFoundAfterTheAudioEnded() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply.endingWith(
                        AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE, TRANSCRIPT_DONE)
                .delaying(TRANSCRIPT_DONE, 200))) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("S6")
    void shouldHangUpAtOnceWhenTheGoodbyeIsFoundLongAfterItWasHeard() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply.endingWith(
                        AUDIO_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE, RESPONSE_DONE, TRANSCRIPT_DONE)
                .delaying(TRANSCRIPT_DONE, 6_000))) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
            long toldNs = scene.model()
                    .sent("response.output_audio_transcript.done")
                    .get(0)
                    .atNs();
            assertThat(scene.hangupNs()).isGreaterThan(toldNs);
            assertThat(scene.call.lastHeardNs()).isLessThan(toldNs);
        }
    }

    @Test
    @DisplayName("S3, C")
    void shouldGoOnWhenTheCallerSpeaksOverTheGoodbye() throws Exception {
        ModelScript script = ModelScript.script()
                .greeting(saying("long_goodbye"))
                .turn("one more thing please", saying("correction"))
                .turn("that is all", saying("goodbye"));
        try (Scene scene = Scene.with(script)) {
            scene.play(plan -> plan.withScript(interruptingAfter(1_500)));
            assertInterruptedAndGoneOn(scene);
        }
    }

    @Test
    @DisplayName("S7, S44")
    void shouldGoOnWhenTheCallerSpeaksAfterTheModelIsDoneAndBeforeAllIsHeard() throws Exception {
        ModelScript script = ModelScript.script()
                .greeting(saying("long_goodbye").allAtOnce())
                .turn("one more thing please", saying("correction"))
                .turn("that is all", saying("goodbye"));
        try (Scene scene = Scene.with(script)) {
            scene.play(plan -> plan.withScript(interruptingAfter(2_500)));
            assertInterruptedAndGoneOn(scene);
            int truncatedMs = scene.model().truncations().get(0).audioEndMs();
            long clearNs =
                    scene.call.moments(CallMoment.Kind.CLEAR_RECEIVED).get(0).atNs();
            int heardMs = scene.call.heard().stream()
                            .filter(piece -> piece.startNs() < clearNs)
                            .mapToInt(piece -> piece.muLaw().length)
                            .sum()
                    / 8;
            assertThat(truncatedMs).isBetween(heardMs - 1_000, heardMs + 1_000); // what is on its way may be late
        }
    }

    private static CallerScript interruptingAfter(int heardMs) {
        return CallerScript.SILENT.whileHearing(heardMs, say("interruption")).afterHearing(300, say("thanks"));
    }

    private static void assertInterruptedAndGoneOn(Scene scene) {
        scene.assertHungUpOnceAfterHearing(GOODBYE);
        assertThat(scene.call.moments(CallMoment.Kind.CLEAR_RECEIVED)).hasSize(1);
        assertThat(scene.call.heardBytes()).isLessThan(LONG_GOODBYE.length);
        assertThat(scene.model().truncations()).hasSize(1).allMatch(truncation -> truncation.accepted());
        assertThat(scene.model().responses()).hasSize(3);
        assertThat(scene.model().callerAudio())
                .as("the caller is heard throughout")
                .contains(Speech.line("thanks").muLaw());
    }

    @Test
    @DisplayName("S4, D")
    void shouldWaitForAllThatIsStillToBeHeard() throws Exception {
        ModelScript script =
                ModelScript.script().greeting(saying("long_goodbye").allAtOnce());
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(LONG_GOODBYE);
        }
    }

    @Test
    @DisplayName("S13")
    void shouldHangUpByItsBoundWhenTheEchoesAreLost() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply)) {
            scene.play(plan -> plan.withEchoes(due -> Echo.LOST)).assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("S12")
    void shouldHangUpOnceWhenEverythingComesTwice() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply.endingWith(
                AUDIO_DONE, AUDIO_DONE, TRANSCRIPT_DONE, TRANSCRIPT_DONE, CONTENT_PART_DONE, OUTPUT_ITEM_DONE))) {
            scene.play(plan -> plan.withEchoes(due -> Echo.TWICE)).assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("S18")
    void shouldHangUpOnceThoughTheCarrierStopsReading() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("long_goodbye"));
        try (Scene scene = Scene.with(script)) {
            scene.play(plan -> plan.withReceiveBufferBytes(4_096)
                    .withScript(CallerScript.SILENT.whileHearing(500, CallerAction.stallReadingForGood())));
            assertThat(scene.hangups()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("S19")
    void shouldNotAskTheCarrierToEndWhatItHasEnded() throws Exception {
        try (Scene scene = Scene.goodbye(reply -> reply)) {
            scene.play(plan -> plan.withScript(CallerScript.SILENT.whileHearing(800, CallerAction.hangUp())));
            assertThat(scene.call.ending().get().cause()).isEqualTo(CallEnding.Cause.CALLER_HUNG_UP);
            assertThat(scene.hangups()).isZero();
        }
    }

    @Test
    @DisplayName("S51")
    void shouldHearBothItemsOfAGoodbye() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("correction").andSaying(Scene.GOODBYE_TEXT, GOODBYE));
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("end_call without a word asks for a farewell first")
    void shouldSayGoodbyeBeforeAWordlessEndCall() throws Exception {
        ModelScript script = ModelScript.script()
                .greeting(Reply.calling("end_call", "{\"reason\":\"done\"}"))
                .whenPrompted(saying("goodbye"));
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
            assertThat(scene.model().toolOutputs()).hasSize(1);
            assertThat(scene.model().offences()).isEmpty();
        }
    }

    @Test
    void shouldUnderstandTheBetaNamesToo() throws Exception {
        try (Scene scene =
                Scene.with(ModelScript.script().greeting(saying("goodbye")).betaNames())) {
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
        }
    }

    @Test
    @DisplayName("S31")
    void shouldEndAfterTrueSilenceWithAClip() throws Exception {
        String quick = "agent: {greeting: ''}\n" + Scene.patientBut("silence_timeout_s: 1");
        try (Scene scene = Scene.with(ModelScript.script(), quick)) {
            scene.play().assertHungUpOnceAfterHearing(Speech.clip("en", "silence_timeout"));
        }
    }

    @Test
    @DisplayName("S34")
    void shouldEndPolitelyAtTheLongestDuration() throws Exception {
        String quick = "agent: {greeting: ''}\n" + Scene.patientBut("max_duration_s: 1");
        try (Scene scene = Scene.with(ModelScript.script(), quick)) {
            scene.play().assertHungUpOnceAfterHearing(Speech.clip("en", "max_duration"));
        }
    }

    @Test
    @DisplayName("S29")
    void shouldNotTakeAPhraseOfTheGreetingForAGoodbye() throws Exception {
        String quick = Scene.patientBut("silence_timeout_s: 1");
        try (Scene scene = Scene.with(ModelScript.script().greeting(saying("goodbye")), quick)) {
            scene.play().assertHungUpOnceAfterHearing(Speech.clip("en", "silence_timeout"));
        }
    }

    @Test
    @DisplayName("S25")
    void shouldLetTheModelAnswerTheCallersGoodbye() throws Exception {
        ModelScript script =
                ModelScript.script().greeting(saying("greeting")).turn("Okay, thanks, bye.", saying("goodbye"));
        try (Scene scene = Scene.with(script, NO_PROTECTION)) {
            scene.play(plan -> plan.withScript(CallerScript.SILENT.afterHearing(300, say("thanks"))));
            scene.assertHungUpOnceAfterHearing(GOODBYE);
        }
    }
}
