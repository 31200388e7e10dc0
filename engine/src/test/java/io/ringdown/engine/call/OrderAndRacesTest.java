package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static io.ringdown.engine.call.CallScript.SMALL_TALK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a goodbye in any order, late, twice, lost, and of somebody else. */
class OrderAndRacesTest {
    enum Part {
        BYE,
        AUDIO_DONE,
        DONE,
        MARK
    }

    private VirtualCall call = VirtualCall.talking();
    private FakeModel model = call.model;

    static Stream<List<Part>> legalOrders() {
        List<List<Part>> orders = new ArrayList<>();
        permute(new ArrayList<>(), orders);
        return orders.stream().filter(OrderAndRacesTest::marksOnlyWhatEnded);
    }

    private static void permute(List<Part> order, List<List<Part>> orders) {
        if (order.size() == Part.values().length) {
            orders.add(List.copyOf(order));
        }
        for (Part part : Part.values()) {
            if (!order.contains(part)) {
                order.add(part);
                permute(order, orders);
                order.remove(part);
            }
        }
    }

    /** The mark goes out behind the end of the audio, which either of two events tells. */
    private static boolean marksOnlyWhatEnded(List<Part> order) {
        int mark = order.indexOf(Part.MARK);
        return mark > order.indexOf(Part.AUDIO_DONE) || mark > order.indexOf(Part.DONE);
    }

    @ParameterizedTest
    @MethodSource("legalOrders")
    @DisplayName("S5 every legal order of goodbye, end of audio, end of response and mark")
    void shouldHangUpExactlyOnceInEveryLegalOrder(List<Part> order) {
        model.begins("r1");
        model.speaks("r1", 1_000);
        for (int i = 0; i < order.size(); i++) {
            happens(order.get(i));
            List<Part> soFar = order.subList(0, i + 1);
            boolean all = soFar.containsAll(List.of(Part.BYE, Part.DONE, Part.MARK));
            assertThat(call.hangups()).as("after %s", soFar).hasSize(all ? 1 : 0);
        }
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    private void happens(Part part) {
        switch (part) {
            case BYE -> model.words("r1", BYE);
            case AUDIO_DONE -> model.endsAudio("r1");
            case DONE -> model.done("r1");
            case MARK -> call.runMs(1_000);
        }
    }

    @Test
    @DisplayName("S6 the goodbye is told 2 s after its mark")
    void shouldHangUpAtOnceWhenTheGoodbyeIsToldLate() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        model.endsAudio("r1");
        model.done("r1");
        call.runMs(3_000);
        model.words("r1", BYE);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).contains("polite via=transcript.done_racefix r1 drain=mark");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S7 barge-in with 2 s of the goodbye still to play")
    void shouldNotHangUpOnTheEchoesOfAClear() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.callerSpeaks();
        call.runMs(500);
        call.assertNoHangup();
        assertThat(call.carrier.isSilent()).isTrue();
        assertThat(model.cancels).as("it was generated already").isEmpty();
        call.callerAudio();
        assertThat(call.lane.forwardedBytes).isPositive();
        call.callerStops();
        call.runMs(5_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S8 the model's own voice activity detection cancels")
    void shouldNotHangUpWhenTheModelCancelsTheGoodbye() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.words("r1", BYE);
        model.endsAudio("r1");
        model.done("r1", ResponseStatus.CANCELLED);
        call.callerSpeaks();
        call.runMs(2_000);
        call.assertNoHangup();
        assertThat(model.cancels).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("S9 a content filter cuts the goodbye")
    void shouldAskForTheRestOfAGoodbyeThatWasCut() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.words("r1", BYE);
        model.done("r1", ResponseStatus.INCOMPLETE);
        call.runMs(2_000);
        call.assertNoHangup();
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        model.begins("r2", ResponsePurpose.RESUME);
        model.finishes("r2", 500, BYE);
        call.runMs(500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S9 and its transcript comes last")
    void shouldAskForTheRestAlsoWhenTheFragmentIsToldLast() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.done("r1", ResponseStatus.INCOMPLETE);
        model.words("r1", BYE);
        call.runMs(2_000);
        call.assertNoHangup();
        assertThat(model.requests).containsExactly(ResponsePurpose.RESUME);
        call.assertEnds();
    }

    @Test
    @DisplayName("S9 a goodbye that is cut for ever")
    void shouldNotAskForTheRestForEver() {
        for (int i = 0; i < 6; i++) {
            model.begins("r" + i, i == 0 ? ResponsePurpose.TURN : ResponsePurpose.RESUME);
            model.speaks("r" + i, 500);
            model.words("r" + i, BYE);
            model.done("r" + i, ResponseStatus.INCOMPLETE);
            call.runMs(600);
        }
        assertThat(model.requests).hasSize(2);
        call.runMs(21_500);
        call.assertHungUp(HangupReason.SILENCE_TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S10 the end of another response's audio")
    void shouldNotLetAnotherResponseMoveTheTimersOfTheGoodbye() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, BYE);
        call.runMs(1_500);
        model.begins("r2");
        model.endsAudio("r2");
        call.runMs(499);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S11 later responses do not evict the armed one")
    void shouldRememberTheGoodbyeWhateverComesAfterIt() {
        model.says("r1", 3_000, BYE);
        for (int i = 2; i < 9; i++) {
            model.begins("r" + i);
            model.done("r" + i);
        }
        call.runMs(2_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.latch.response()).isEqualTo(1);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S6 the words of an older goodbye come while a newer one plays")
    void shouldLetTheNewestGoodbyeBeHeard() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.done("r1");
        call.runMs(1_000);
        model.says("r2", 3_000, BYE);
        call.runMs(1_000);
        model.words("r1", BYE);
        call.runMs(1_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.latch.response()).isEqualTo(2);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S12 everything twice")
    void shouldHangUpOnceWhenEverythingComesTwice() {
        call.carrier.doublesEchoes = true;
        model.begins("r1");
        model.begins("r1");
        model.speaks("r1", 1_000);
        for (int i = 0; i < 2; i++) {
            model.endsAudio("r1");
            model.words("r1", BYE);
            model.done("r1");
        }
        call.runMs(1_000);
        model.words("r1", BYE);
        model.done("r1");
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).containsOnlyOnce("bye r1");
        assertThat(call.lane.log).containsOnlyOnce("polite via=transcript.done_racefix r1 drain=mark");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 the echo of the mark is lost")
    void shouldHangUpASlackAfterTheExpectedEndWhenTheEchoIsLost() {
        call.carrier.losesEchoes = true;
        model.says("r1", 4_000, BYE);
        call.runMs(4_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).contains("polite via=watchdog r1 drain=timeout");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 and other events do not put the end off")
    void shouldNotLetUnrelatedEventsPutTheEndOff() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, BYE);
        for (int i = 0; i < 20; i++) {
            call.runMs(100);
            call.happens(event -> event.digitPressed("1"));
        }
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 response.done is lost: a bounded wait after all the rest holds")
    void shouldHangUpWhenTheEndOfTheResponseIsLost() {
        model.begins("r1");
        model.speaks("r1", 20_000);
        model.endsAudio("r1");
        model.words("r1", BYE);
        call.runMs(20_499);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 response.done is lost, and there was more audio behind the mark")
    void shouldNotTakeTheEchoOfAnEarlierMarkForTheEnd() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.endsAudio("r1");
        model.words("r1", BYE);
        call.runMs(600);
        model.speaks("r1", 1_000);
        call.runMs(1_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 both ends are lost")
    void shouldHangUpWhenNeitherTheAudioNorTheResponseEnds() {
        model.begins("r1");
        model.speaks("r1", 15_000);
        model.words("r1", BYE);
        call.runMs(15_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S14 an echo of the generation before")
    void shouldIgnoreEchoesOfClearedMarks() {
        call.carrier.echoDelayMs = 300;
        model.says("r1", 2_000, SMALL_TALK);
        call.runMs(500);
        call.callerSays("ותודה");
        model.says("r2", 2_000, BYE);
        call.carrier.echoes(1, 1);
        call.carrier.echoes(1, 2);
        call.runMs(2_000);
        call.assertNoHangup();
        call.runMs(300);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S15 a goodbye of 85 s")
    void shouldNotCutALongGoodbye() {
        model.says("r1", 85_000, BYE);
        call.runMs(84_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(680_000);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S16 a goodbye without audio behind earlier speech")
    void shouldFinishEarlierSpeechBeforeASilentGoodbyeEndsTheCall() {
        model.says("r1", 3_000, SMALL_TALK);
        model.begins("r2");
        model.words("r2", BYE);
        model.done("r2");
        call.runMs(2_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(24_000);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S16 a goodbye without audio on an idle line")
    void shouldHangUpAtTheEchoOfASilentGoodbye() {
        model.begins("r1");
        model.words("r1", BYE);
        model.done("r1");
        call.runMs(0);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S17 the last delta leaves 80 bytes")
    void shouldRelayAPartialTailWhole() {
        model.begins("r1");
        model.delta("r1", "r1-item", 2_000);
        model.delta("r1", "r1-item", 80);
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.done("r1");
        assertThat(call.carrier.wire).containsExactly("r1:2000", "r1:80", "mark g1.m1");
        call.runMs(260);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S18 the carrier's socket takes nothing any more")
    void shouldHangUpAtTheStallLimit() {
        model.says("r1", 3_000, BYE);
        call.runMs(500);
        call.carrier.stalls();
        call.runMs(5_000);
        call.assertNoHangup();
        call.runMs(500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S18 the carrier's socket is full before the end of the goodbye is told")
    void shouldGiveABlockedSocketItsTimeAlsoBeforeTheMark() {
        model.begins("r1");
        model.words("r1", BYE);
        call.carrier.stalls();
        model.speaks("r1", 250);
        call.runMs(4_999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S18 the socket recovers before the limit")
    void shouldLetAStalledGoodbyeBeHeardWhole() {
        model.says("r1", 3_000, BYE);
        call.runMs(500);
        call.carrier.stalls();
        call.runMs(4_500);
        call.carrier.flows();
        call.runMs(2_000);
        call.assertNoHangup();
        call.runMs(1_500);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        assertThat(call.carrier.heardBytes(1)).isEqualTo(24_000);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S19 the carrier stops while the goodbye plays")
    void shouldCloseWithoutAHangupWhenTheCallerIsFirst() {
        model.says("r1", 3_000, BYE);
        call.runMs(1_000);
        call.carrier.stops();
        assertThat(call.hangups()).isEmpty();
        assertThat(call.lane.executed).isEmpty();
        assertThat(call.lane.log).contains("the carrier ended the call");
        assertThat(call.latch.state()).isEqualTo(HangupLatch.State.CLOSED);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S19 the carrier stops while the hangup is executed")
    void shouldConfirmOnceWhenTheStopOvertakesTheAnswer() {
        model.says("r1", 1_000, BYE);
        call.runMs(1_010);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.carrier.stops();
        call.runMs(1_000);
        assertThat(call.lane.executed).containsExactly(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S20 the carrier stops before the goodbye")
    void shouldIgnoreAGoodbyeAfterTheEnd() {
        model.begins("r1");
        model.speaks("r1", 1_000);
        call.carrier.stops();
        model.words("r1", BYE);
        model.done("r1");
        call.runMs(60_000);
        assertThat(call.hangups()).isEmpty();
        assertThat(call.lane.log).doesNotContain("bye r1");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S22 the goodbye's watchdog and the maximum duration in one tick")
    void shouldHangUpOnceForTheHighestOfSeveralReasons() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.carrier.losesEchoes = true;
        call.runMs(8_000);
        call.model.says("r1", 1_000, BYE);
        call.runMs(2_000);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S22 the wait for response.done and the maximum duration in one tick")
    void shouldPreferTheMaximumDurationToALostEnd() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(10_000));
        call.runMs(8_500);
        call.model.begins("r1");
        call.model.speaks("r1", 1_000);
        call.model.endsAudio("r1");
        call.model.words("r1", BYE);
        call.runMs(1_500);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S22 silence and the maximum duration in one tick")
    void shouldSayTheLineOfTheHighestReason() {
        call = VirtualCall.talking(CallScript.withMaxDurationMs(20_000));
        call.runMs(21_000);
        assertThat(call.lane.clips).containsExactly(Clip.MAX_DURATION);
        call.assertHungUp(HangupReason.MAX_DURATION);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S24 the stream is replaced by a new one of the same call")
    void shouldCloseAReplacedStreamWithoutHangingUpTheCall() {
        call.happens(EventType.STREAM_REPLACED);
        assertThat(call.hangups()).isEmpty();
        assertThat(call.carrier.closes).isEqualTo(1);
        call.assertEndsByItself();
        assertThat(call.lane.executed).as("nothing of the phone call was ended").isEmpty();
    }

    @Test
    void shouldHangUpWhenTheQueuesAreEmptyIfThatIsThePolicy() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.QUEUES, false));
        call.model.says("r1", 2_000, BYE);
        call.runMs(1_000);
        call.assertNoHangup();
        call.runMs(700);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.log).contains("polite via=transcript.done_racefix r1 drain=queues");
        call.assertEndsByItself();
    }

    @Test
    void shouldCountWhatTheSocketHoldsAsNotSentUnderThePolicyOfQueues() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.QUEUES, false));
        call.carrier.stalls();
        call.model.says("r1", 250, BYE);
        call.runMs(2_000);
        call.assertNoHangup();
        call.carrier.flows();
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.QUEUES);
        call.assertEndsByItself();
    }

    @Test
    void shouldNotCutEarlierSpeechForASilentGoodbyeUnderThePolicyOfQueues() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.QUEUES, false));
        call.model.says("r1", 3_000, SMALL_TALK);
        call.model.begins("r2");
        call.model.words("r2", BYE);
        call.model.done("r2");
        call.runMs(2_000);
        call.assertNoHangup();
        call.runMs(1_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.carrier.heardBytes(1)).isGreaterThan(20_000);
        call.assertEndsByItself();
    }

    @Test
    void shouldCountAMarkInTheSocketAsNotSentUnderThePolicyOfQueues() {
        call = VirtualCall.talking(CallScript.settings(DrainPolicy.QUEUES, false));
        call.carrier.stalls();
        call.model.begins("r1");
        call.model.words("r1", BYE);
        call.model.done("r1");
        call.runMs(900);
        call.assertNoHangup();
        call.carrier.flows();
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.QUEUES);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S5 a part without audio has nothing to wait for")
    void shouldNotWaitForTheAudioOfAnItemWithoutAudio() {
        model.begins("r1");
        model.speaks("r1", "a", 500);
        model.endsAudio("r1", "a");
        model.words("r1", "b", BYE);
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S10 another response is cancelled")
    void shouldNotDisarmTheGoodbyeWhenAnotherResponseIsCancelled() {
        model.says("r1", 1_000, BYE);
        model.begins("r2");
        model.done("r2", ResponseStatus.CANCELLED);
        call.runMs(1_000);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S10 another response says nothing")
    void shouldMarkOnlyWhatEndsTheCall() {
        model.begins("r1");
        model.done("r1");
        call.runMs(1_000);
        assertThat(call.carrier.wire).isEmpty();
        call.assertEnds();
    }

    @Test
    @DisplayName("S12 the goodbye again, behind the end of its audio")
    void shouldTellByWhatTheGoodbyeWasCompletedFirst() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.words("r1", BYE);
        model.endsAudio("r1");
        model.words("r1", BYE);
        model.done("r1");
        call.runMs(500);
        assertThat(call.lane.log).contains("polite via=audio.done r1 drain=mark");
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 the goodbye is taken back and said again while its echo is lost")
    void shouldBoundTheWaitForAGoodbyeThatIsSaidAgain() {
        call.carrier.losesEchoes = true;
        model.says("r1", 1_000, BYE);
        call.runMs(1_500);
        model.words("r1", SMALL_TALK);
        model.words("r1", BYE);
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S13 the goodbye is taken back and said again while response.done is lost")
    void shouldWaitAnewForTheEndOfAGoodbyeThatIsSaidAgain() {
        model.begins("r1");
        model.speaks("r1", 500);
        model.endsAudio("r1");
        model.words("r1", BYE);
        call.runMs(800);
        model.words("r1", SMALL_TALK);
        model.words("r1", BYE);
        call.runMs(499);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S16 a goodbye without audio that never ends")
    void shouldBoundTheWaitForASilentGoodbye() {
        model.begins("r1");
        model.words("r1", BYE);
        call.runMs(999);
        call.assertNoHangup();
        call.runMs(1);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.TIMEOUT);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S16 a goodbye without audio that is told last")
    void shouldMarkASilentGoodbyeThatIsToldAfterItsResponse() {
        model.begins("r1");
        model.done("r1");
        model.words("r1", BYE);
        call.runMs(0);
        call.assertHungUp(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(call.lane.drain).isEqualTo(Drain.MARK);
        call.assertEndsByItself();
    }
}
