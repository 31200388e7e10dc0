package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.CLIP_MS;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How calls end in each of their phases, and what follows a claim. */
class EndingTest {
    /** How far the call has come when something happens to it. */
    enum Stage {
        AWAITING_START(call -> {}),
        CONNECTING(call -> call.carrier.starts()),
        CONFIGURING(call -> {
            call.carrier.starts();
            call.model.connects();
        }),
        LISTENING(VirtualCall::begins),
        RESPONDING(call -> {
            call.begins().model.begins("r1");
            call.model.speaks("r1", 2_000);
        }),
        YIELDING(call -> {
            RESPONDING.reach.accept(call);
            call.callerSpeaks();
        }),
        PLAYING_OUT(call -> call.begins().model.says("r1", 2_000, SMALL_TALK)),
        SAYING_GOODBYE(call -> call.begins().model.says("r1", 2_000, BYE)),
        SAYING_A_LINE(call -> call.begins().happens(event -> event.operatorHungUp(true))),
        ENDING(call -> call.begins().happens(event -> event.operatorHungUp(false)));

        private final Consumer<VirtualCall> reach;

        Stage(Consumer<VirtualCall> reach) {
            this.reach = reach;
        }

        VirtualCall call() {
            VirtualCall call = VirtualCall.connected();
            reach.accept(call);
            return call;
        }

        boolean isStarted() {
            return this != AWAITING_START;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseAtOnceWhenTheCarrierStops(Stage stage) {
        VirtualCall call = stage.call();
        call.carrier.stops();
        assertThat(call.machine.phase()).isEqualTo(Phase.CLOSED);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseAtOnceWhenTheCarrierIsLost(Stage stage) {
        VirtualCall call = stage.call();
        call.carrier.disconnects();
        assertThat(call.machine.phase()).isEqualTo(Phase.CLOSED);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AWAITING_START")
    void shouldEndByItselfWhenTheModelIsLost(Stage stage) {
        VirtualCall call = stage.call();
        call.model.isLost();
        call.model.isLost();
        call.runMs(2_000 + CLIP_MS);
        assertThat(call.hangups()).hasSize(1);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHUT_DOWN", "PEER_ABUSED", "STREAM_REPLACED", "CALL_FAILED"})
    void shouldEndInEveryStageWhateverTheReason(EventType event) {
        for (Stage stage : Stage.values()) {
            VirtualCall call = stage.call();
            call.happens(event);
            assertThat(call.machine.phase()).as("%s", stage).isEqualTo(Phase.ENDING);
            assertThat(call.lane.executed).hasSize(0);
            boolean hangsUp = stage == Stage.ENDING || stage.isStarted() && event != EventType.STREAM_REPLACED;
            assertThat(call.hangups()).as("%s", stage).hasSize(hangsUp ? 1 : 0);
            call.assertEndsByItself();
            assertThat(call.lane.executed).as("%s", stage).hasSize(hangsUp ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldObeyAnOperatorInEveryStage(Stage stage) {
        VirtualCall call = stage.call();
        call.happens(event -> event.operatorHungUp(true));
        boolean speaks = stage.isStarted() && stage != Stage.ENDING && stage != Stage.SAYING_GOODBYE;
        assertThat(call.lane.clips).hasSize(speaks ? 1 : 0);
        assertThat(call.machine.phase() == Phase.ENDING).isEqualTo(!stage.isStarted() || stage == Stage.ENDING);
        call.runMs(2_000 + 3 * CLIP_MS);
        assertThat(call.machine.phase()).isGreaterThanOrEqualTo(Phase.ENDING);
        assertThat(call.hangups()).hasSize(stage.isStarted() ? 1 : 0);
        call.assertEndsByItself();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayGoodbyeInEveryStageWhenTheServerStops(Stage stage) {
        VirtualCall call = stage.call();
        call.happens(event -> event.shutDown(true));
        boolean speaks = stage.isStarted() && stage != Stage.ENDING && stage != Stage.SAYING_GOODBYE;
        assertThat(call.lane.clips).isEqualTo(speaks ? List.of(Clip.GOODBYE) : List.of());
        assertThat(call.machine.phase() == Phase.ENDING).isEqualTo(!stage.isStarted() || stage == Stage.ENDING);
        call.runMs(2_000 + 3 * CLIP_MS);
        assertThat(call.hangups()).hasSize(stage.isStarted() ? 1 : 0);
        call.assertEndsByItself();
    }

    @Test
    void shouldHangUpNowWhenTheServerCannotWaitForItsOwnGoodbye() {
        VirtualCall call = VirtualCall.talking();
        call.happens(event -> event.shutDown(true));
        call.callerSpeaks();
        assertThat(call.hangups()).isEmpty();
        call.happens(event -> event.shutDown(false));
        call.assertHungUp(HangupReason.SHUTDOWN);
        call.assertEndsByItself();
    }

    @Test
    void shouldLetAGoodbyeFinishBeforeAPoliteOperator() {
        VirtualCall call = Stage.SAYING_GOODBYE.call();
        call.happens(event -> event.operatorHungUp(true));
        call.runMs(2_000);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(16_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotSpeakALongAnswerToItsEndBeforeItsOwnGoodbye() {
        VirtualCall call = VirtualCall.talking();
        call.model.says("r1", 30_000, CallScript.SMALL_TALK);
        for (String wordless : new String[] {"r2", "r3", "r4"}) {
            call.model.begins(wordless);
            call.model.done(wordless);
        }
        call.happens(event -> event.operatorHungUp(true));
        call.runMs(2_000 + CLIP_MS);
        call.assertHungUp(HangupReason.OPERATOR);
        call.assertEndsByItself();
    }

    @Test
    void shouldObeyAPoliteOperatorAlsoWhenTheGoodbyeIsInterrupted() {
        VirtualCall call = Stage.SAYING_GOODBYE.call();
        call.happens(event -> event.operatorHungUp(true));
        call.callerSpeaks();
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.OPERATOR);
        call.assertEndsByItself();
    }

    @Test
    void shouldRefuseAStartWithoutTouchingAnything() {
        VirtualCall call = VirtualCall.connected();
        call.happens(EventType.START_REFUSED);
        assertThat(call.model.connects).isZero();
        assertThat(call.latch.state()).isEqualTo(HangupLatch.State.CLOSED);
        call.assertEndsByItself();
        assertThat(call.carrier.closes).isEqualTo(1);
    }

    @Test
    void shouldIgnoreASecondStart() {
        VirtualCall call = VirtualCall.talking();
        call.carrier.starts();
        call.happens(EventType.START_REFUSED);
        assertThat(call.model.connects).isEqualTo(1);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    void shouldWaitForNothingButTheCarrierOnceTheHangupIsClaimed() {
        VirtualCall call = Stage.RESPONDING.call();
        call.lane.rest = FakeLane.Rest.FALLS_SILENT;
        call.happens(event -> event.operatorHungUp(false));
        assertThat(call.model.closes).isEqualTo(1);
        assertThat(call.nextDeadlineMs()).isEqualTo(1_000);
        call.runMs(2_000);
        call.callerSpeaks();
        call.callerStops();
        call.callerWords("תודה, ביי");
        call.model.words("r1", BYE);
        call.model.callsTool("r1", "weather");
        call.happens(EventType.TX_BLOCKED);
        assertThat(call.nextDeadlineMs()).isEqualTo(13_000);
        assertThat(call.lane.log).doesNotContain("bye r1");
        assertThat(call.model.toolAnswers).isEmpty();
        call.assertEndsByItself();
    }

    @Test
    void shouldWaitForNothingOfAGoodbyeOnceItsHangupIsClaimed() {
        VirtualCall call = Stage.SAYING_GOODBYE.call();
        call.lane.rest = FakeLane.Rest.FALLS_SILENT;
        call.runMs(2_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.nextDeadlineMs()).isEqualTo(1_000);
        call.runMs(1_000);
        assertThat(call.nextDeadlineMs()).isEqualTo(14_000);
        call.assertEndsByItself();
    }

    @Test
    void shouldCutTheStreamOfAPeerThatAbusesIt() {
        VirtualCall call = VirtualCall.talking();
        call.happens(EventType.PEER_ABUSED);
        assertThat(call.carrier.closes).isEqualTo(1);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S22 the model is lost in a goodbye that the maximum duration lets finish")
    void shouldInsistOnTheHighestReasonWhenTheGoodbyeIsInterrupted() {
        VirtualCall call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(9_000);
        call.model.says("r1", 5_000, BYE);
        call.runMs(2_000);
        call.model.isLost();
        call.callerSpeaks();
        assertThat(call.lane.clips).containsExactly(Clip.MODEL_LOST);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.MODEL_LOST);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S22 the maximum duration passes in a goodbye that an operator lets finish")
    void shouldNotInsistOnALowerReasonThanItHas() {
        VirtualCall call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(9_000);
        call.model.says("r1", 5_000, BYE);
        call.happens(event -> event.operatorHungUp(true));
        call.runMs(2_000);
        call.callerSpeaks();
        assertThat(call.lane.clips).containsExactly(Clip.GOODBYE);
        call.runMs(CLIP_MS);
        call.assertHungUp(HangupReason.OPERATOR);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("a hangup command that nobody took")
    void shouldIssueAHangupAgainUntilItIsTaken() {
        VirtualCall call = VirtualCall.talking();
        call.lane.offersRefused = 3;
        call.model.says("r1", 500, BYE);
        call.runMs(3_400);
        assertThat(call.latch.state()).isEqualTo(HangupLatch.State.CLAIMED);
        call.runMs(100);
        assertThat(call.latch.state()).isEqualTo(HangupLatch.State.EXECUTING);
        assertThat(call.lane.sweeps).isEqualTo(3);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
        assertThat(call.lane.sweeps).isEqualTo(3);
    }

    @Test
    @DisplayName("S21 the carrier's API fails for good")
    void shouldCloseTheStreamWhenTheHangupIsGivenUp() {
        VirtualCall call = VirtualCall.talking();
        call.lane.rest = FakeLane.Rest.GIVES_UP;
        call.model.says("r1", 500, BYE);
        call.runMs(600);
        assertThat(call.carrier.closes).isPositive();
        call.assertEndsByItself();
        assertThat(call.lane.executed).containsExactly(HangupReason.BOT_GOODBYE_BYE_ONLY);
    }

    @Test
    void shouldCloseTheStreamWhenTheHangupIsNeverAnswered() {
        VirtualCall call = VirtualCall.talking();
        call.lane.rest = FakeLane.Rest.FALLS_SILENT;
        call.model.says("r1", 500, BYE);
        call.runMs(15_400);
        assertThat(call.carrier.closes).isZero();
        call.runMs(100);
        assertThat(call.carrier.closes).isEqualTo(1);
        call.assertEndsByItself();
    }

    @Test
    void shouldCloseTheStreamWhenTheStopDoesNotFollow() {
        VirtualCall call = VirtualCall.talking();
        call.lane.carrierStaysAfterConfirm = true;
        call.model.says("r1", 500, BYE);
        call.runMs(550);
        assertThat(call.lane.executed).hasSize(1);
        call.runMs(3_001);
        assertThat(call.machine.phase()).isEqualTo(Phase.CLOSED);
        call.assertEndsByItself();
        assertThat(call.lane.executed).hasSize(1);
    }

    @Test
    void shouldNotOutliveAStreamThatDoesNotReportItsEnd() {
        VirtualCall call = VirtualCall.talking();
        call.lane.rest = FakeLane.Rest.GIVES_UP;
        call.carrier.hidesItsClose = true;
        call.model.says("r1", 500, BYE);
        call.runMs(3_550);
        assertThat(call.machine.phase()).isEqualTo(Phase.CLOSED);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("another thread claimed the call")
    void shouldHangUpOnceWhenAnotherThreadClaimedTheCall() {
        VirtualCall call = Stage.SAYING_GOODBYE.call();
        assertThat(call.latch.claim(HangupReason.OPERATOR, 0)).isTrue();
        call.happens(event -> event.operatorHungUp(false));
        call.assertHungUp(HangupReason.OPERATOR);
        call.runMs(100);
        assertThat(call.lane.executed).containsExactly(HangupReason.OPERATOR);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("another thread claimed the call, and the goodbye is heard meanwhile")
    void shouldNotClaimAsItsOwnTheHangupOfAnotherThread() {
        VirtualCall call = Stage.SAYING_GOODBYE.call();
        call.latch.claim(HangupReason.OPERATOR, 0);
        call.runMs(10_000);
        call.assertHungUp(HangupReason.OPERATOR);
        assertThat(call.lane.log).noneMatch(line -> line.startsWith("polite"));
        call.assertEndsByItself();
    }

    @Test
    void shouldEndWhenAHangupOfAnotherThreadIsGivenUpFirst() {
        VirtualCall call = Stage.LISTENING.call();
        call.latch.claim(HangupReason.SHUTDOWN, 0);
        call.latch.execute();
        call.latch.done();
        call.happens(EventType.HANGUP_GAVE_UP);
        assertThat(call.machine.phase()).isEqualTo(Phase.ENDING);
        assertThat(call.carrier.closes).isEqualTo(1);
        call.assertEndsByItself();
    }

    @Test
    void shouldEndWhenAHangupOfAnotherThreadIsConfirmedFirst() {
        VirtualCall call = Stage.LISTENING.call();
        call.latch.claim(HangupReason.SHUTDOWN, 0);
        call.latch.execute();
        call.latch.done();
        call.happens(EventType.HANGUP_CONFIRMED);
        assertThat(call.machine.phase()).isEqualTo(Phase.ENDING);
        call.happens(EventType.SHUT_DOWN);
        call.assertEndsByItself();
        assertThat(call.lane.executed).containsExactly(HangupReason.SHUTDOWN);
    }

    @Test
    void shouldEndADeadCallWhoseCarrierTakesNothing() {
        VirtualCall call = Stage.PLAYING_OUT.call();
        call.carrier.stalls();
        call.runMs(6_000);
        call.assertHungUp(HangupReason.PEER_ABUSE);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotPutTheEndOfADeadCallOffBecauseItIsStillBlocked() {
        VirtualCall call = blocked();
        call.runMs(2_500);
        call.happens(EventType.TX_BLOCKED);
        call.runMs(2_499);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.PEER_ABUSE);
        call.assertEndsByItself();
    }

    @Test
    void shouldGiveASlowCarrierTimeWhileItTakesSomething() {
        VirtualCall call = blocked();
        call.runMs(2_500);
        call.happens(EventType.TX_PROGRESSED);
        call.runMs(4_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.PEER_ABUSE);
        call.assertEndsByItself();
    }

    private static VirtualCall blocked() {
        VirtualCall call = VirtualCall.talking();
        call.carrier.stalls();
        call.model.says("r1", 250, SMALL_TALK);
        return call;
    }

    @Test
    void shouldTellWhichConditionsAreMissing() {
        VirtualCall call = VirtualCall.talking();
        call.model.begins("r1");
        call.model.speaks("r1", 1_000);
        call.model.endsAudio("r1");
        assertThat(call.lane.unmet.get(0)).contains(HangupCondition.PENDING_HANGUP, HangupCondition.COMPLETED);
        assertThat(call.lane.unmetVia).isEqualTo(Via.AUDIO_DONE);
        call.model.words("r1", BYE);
        assertThat(call.lane.unmet.get(1))
                .containsExactly(HangupCondition.COMPLETED, HangupCondition.OUT_Q_EMPTY, HangupCondition.PLAYED);
        assertThat(call.lane.unmetVia).isEqualTo(Via.TRANSCRIPT_DONE);
        call.assertEnds();
    }
}
