package io.ringdown.engine.call;

import static io.ringdown.engine.call.CallScript.BYE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What of S45 to S49 concerns the machine; slots, capacity and held audio are the lane's. */
class IsolationScenariosTest {
    @Test
    @DisplayName("S45 the timers of a call die with it")
    void shouldWaitForNothingAfterTheEnd() {
        VirtualCall call = VirtualCall.talking();
        call.model.says("r1", 3_000, BYE);
        call.carrier.stops();
        assertThat(call.machine.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(call.machine.phase()).isEqualTo(Phase.CLOSED);
        call.assertEndsByItself();
    }

    @Test
    @DisplayName("S47 a late start")
    void shouldAcceptALateStart() {
        VirtualCall call = VirtualCall.connected();
        call.runMs(1_800);
        call.begins();
        assertThat(call.model.connects).isEqualTo(1);
        assertThat(call.model.configures).isEqualTo(1);
        assertThat(call.lane.uplinkOpen).isTrue();
        call.runMs(4_000);
        call.assertNoHangup();
        call.assertEnds();
    }

    @Test
    @DisplayName("S47 no start at all")
    void shouldCloseAStreamThatNeverStarts() {
        VirtualCall call = VirtualCall.connected();
        call.runMs(4_999);
        assertThat(call.carrier.closes).isZero();
        call.runMs(1);
        assertThat(call.carrier.closes).isEqualTo(1);
        assertThat(call.latch.reason()).isEqualTo(HangupReason.NO_START);
        assertThat(call.model.connects).isZero();
        assertThat(call.hangups()).as("there is no phone call to end").isEmpty();
        call.assertEndsByItself();
        assertThat(call.lane.executed).isEmpty();
    }

    @Test
    @DisplayName("S48 the goodbye's words are told")
    void shouldTellTheWordsOfTheGoodbye() {
        VirtualCall call = VirtualCall.talking();
        call.model.says("r1", 500, BYE);
        assertThat(call.lane.log).containsExactly("bye r1");
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 gaps in the caller's audio are padded, and accounted for")
    void shouldFillTheGapsOfTheCallersAudio() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(0);
        call.callerAudioAt(20);
        call.callerAudioAt(140);
        assertThat(call.lane.paddedBytes).isEqualTo(100 * 8);
        call.runMs(11_000);
        call.callerAudioAt(100_000);
        assertThat(call.lane.paddedBytes).as("10 s of a gap at most").isEqualTo((100 + 10_000) * 8);
        call.callerAudioAt(50); // time that runs backwards pads nothing
        assertThat(call.lane.paddedBytes).isEqualTo((100 + 10_000) * 8);
        assertThat(call.lane.uplinkInBytes).isEqualTo(call.callerBytes());
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 a carrier whose timestamps leap")
    void shouldNotPadMoreThanTheTimeThatPassed() {
        VirtualCall call = VirtualCall.talking();
        for (int i = 0; i < 100; i++) {
            call.callerAudioAt(i * 1_000_000L);
        }
        assertThat(call.lane.paddedBytes).as("what may have been late").isEqualTo(1_000 * 8);
        call.runMs(5_000);
        for (int i = 100; i < 200; i++) {
            call.callerAudioAt(i * 1_000_000L);
        }
        assertThat(call.lane.paddedBytes).isEqualTo((1_000 + 5_000) * 8);
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 a carrier whose timestamps leap back, by what is silence for days in 32 bits")
    void shouldPadNothingWhenTimeRunsBackwards() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(4_160_749_548L);
        call.callerAudioAt(0);
        assertThat(call.lane.paddedBytes).isZero();
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 a carrier that sends nothing while the caller was speaking")
    void shouldLetTheModelHearThatTheCallerStopped() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(0);
        call.callerSpeaks();
        call.runMs(749);
        assertThat(call.lane.paddedBytes).isZero();
        call.runMs(5_000);
        assertThat(call.lane.paddedBytes).as("once").isEqualTo(8_000);
        call.callerAudioAt(3_020);
        assertThat(call.lane.paddedBytes)
                .as("what was padded is not padded again")
                .isEqualTo(24_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 before the session is confirmed")
    void shouldFillNoGapThatNobodyHears() {
        VirtualCall call = VirtualCall.connected();
        call.carrier.starts();
        call.model.connects();
        call.callerAudioAt(0);
        call.callerAudioAt(140);
        assertThat(call.lane.paddedBytes).isZero();
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 silence counts from the last audio")
    void shouldPadOnlyWhenTheCarrierHasSentNothingForAWhile() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(0);
        call.callerSpeaks();
        assertThat(call.nextDeadlineMs()).isEqualTo(750);
        assertThat(call.trace).as("woken for nothing").noneMatch(event -> event.contains("DEADLINE_PASSED"));
        call.runMs(500);
        call.callerAudioAt(20);
        call.runMs(749);
        assertThat(call.lane.paddedBytes).isZero();
        call.runMs(1);
        assertThat(call.lane.paddedBytes).isEqualTo(8_000);
        call.callerAudioAt(1_040);
        call.runMs(1_499);
        assertThat(call.lane.paddedBytes).as("and again").isEqualTo(16_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 a lane that stood still may not have read what came meanwhile")
    void shouldNotTakeItsOwnStandstillForAGap() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(0);
        call.callerSpeaks();
        call.standStillMs(1_200);
        call.runMs(249);
        call.callerAudioAt(20);
        call.runMs(749);
        assertThat(call.lane.paddedBytes).isZero();

        call.standStillMs(1_200);
        call.runMs(249);
        assertThat(call.lane.paddedBytes).isZero();
        call.runMs(1);
        assertThat(call.lane.paddedBytes).as("nothing came").isEqualTo(8_000);
        call.assertEnds();
    }

    @Test
    @DisplayName("S49 the caller had stopped")
    void shouldNotPadThePauseOfACallerWhoStopped() {
        VirtualCall call = VirtualCall.talking();
        call.callerAudioAt(0);
        call.callerSpeaks();
        call.callerStops();
        call.runMs(5_000);
        assertThat(call.lane.paddedBytes).isZero();
        call.assertEnds();
    }

    @Test
    @DisplayName("S45 an event of a call that is over")
    void shouldOnlyGiveBackWhatComesAfterTheEnd() {
        VirtualCall call = VirtualCall.talking();
        call.model.begins("r1");
        call.carrier.stops();
        call.feedAfterTheEnd(event -> event.audioDelta("r1", "item", 0, call.frame(160)));
        assertThat(call.lane.droppedBytes(DropReason.AFTER_END)).isEqualTo(160);
        call.feedAfterTheEnd(event -> event.happened(EventType.CARRIER_LOST));
        call.feedAfterTheEnd(event -> event.happened(EventType.HANGUP_CONFIRMED));
        call.assertEndsByItself();
    }
}
