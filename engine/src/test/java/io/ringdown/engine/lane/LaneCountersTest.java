package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.Drain;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.call.Phase;
import io.ringdown.engine.call.PoliteEnd;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lane counts of its calls, and how long things took it. */
class LaneCountersTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LaneRig rig = new LaneRig();
    private final LaneCounters counters = rig.lane.counters();

    @Test
    void shouldFollowACallFromPhaseToPhase() {
        LaneCall call = rig.connect();
        assertOnly(Phase.AWAITING_START);
        call.starts();
        assertOnly(Phase.CONNECTING);
        call.happens(EventType.MODEL_CONNECTED);
        assertOnly(Phase.CONFIGURING);
        call.happens(EventType.SESSION_CONFIRMED);
        assertOnly(Phase.TALKING);
        call.tell(event -> event.operatorHungUp(false));
        assertOnly(Phase.ENDING);
        call.hangsUp();
        assertOnly(null);
        assertThat(counters.get(LaneCounter.CALLS_OPENED)).isEqualTo(1);
        assertThat(counters.get(LaneCounter.CALLS_STARTED)).isEqualTo(1);
        assertThat(counters.get(LaneCounter.CALLS_LEFT)).isZero();
    }

    @Test
    void shouldForgetThePhaseOfACallThatFails() {
        LaneCall call = rig.talk();
        rig.hangupFailure = new IllegalStateException("told to fail");
        call.tell(event -> event.operatorHungUp(false));
        call.hangsUp();
        assertOnly(null);
    }

    @Test
    void shouldTellCallsThatWereLeftFromThoseWeEnded() {
        rig.talk().hangsUp();
        assertThat(counters.get(LaneCounter.CALLS_LEFT)).isEqualTo(1);
        for (HangupReason reason : HangupReason.values()) {
            assertThat(counters.hangups(reason, null)).isZero();
        }
    }

    @Test
    void shouldCountAHeardGoodbyeOnceWhenTheCarrierConfirms() {
        LaneCall call = rig.talk();
        call.saysGoodbye("r1");
        rig.runMs(251);
        assertThat(rig.hangups).hasSize(1);
        assertThat(counters.hangups(HangupReason.BOT_GOODBYE_BYE_ONLY, Drain.MARK))
                .isZero();

        call.happens(EventType.HANGUP_CONFIRMED);
        call.happens(EventType.HANGUP_CONFIRMED);
        call.hangsUp();
        assertThat(counters.hangups(HangupReason.BOT_GOODBYE_BYE_ONLY, Drain.MARK))
                .isEqualTo(1);
        assertThat(counters.goodbyes(PoliteEnd.Heard.CONFIRMED)).isEqualTo(1);
        assertThat(counters.get(LaneCounter.CUT_OFF_BYTES)).isZero();
        assertThat(counters.timing(LaneTiming.DEAD_AIR).soFar().count()).isEqualTo(1);
        assertThat(counters.timing(LaneTiming.DEAD_AIR).soFar().sumNs()).isLessThan(2 * MS);
    }

    @Test
    void shouldCountAnImmediateHangupWithoutADrain() {
        LaneCall call = rig.talk();
        call.tell(event -> event.operatorHungUp(false));
        call.happens(EventType.HANGUP_CONFIRMED);
        call.hangsUp();
        assertThat(counters.hangups(HangupReason.OPERATOR, null)).isEqualTo(1);
        assertThat(counters.timing(LaneTiming.DEAD_AIR).soFar().count()).isZero();
    }

    @Test
    void shouldTimeABargeInFromTheReadingOfSpeechStarted() {
        LaneCall call = rig.talk();
        call.begins("r1");
        call.delta("r1", 2_000);
        rig.runMs(50);
        call.publish(event -> event.happened(EventType.SPEECH_STARTED));
        rig.nowNs += 3 * MS;
        rig.turn();
        assertThat(call.carrier.commands).contains("clear");
        assertThat(counters.get(LaneCounter.BARGE_INS)).isEqualTo(1);
        assertThat(counters.timing(LaneTiming.BARGE_IN).soFar().count()).isEqualTo(1);
        assertThat(counters.timing(LaneTiming.BARGE_IN).soFar().sumNs()).isEqualTo(3 * MS);
    }

    @Test
    void shouldNotTakeTheCallersWordInSilenceForABargeIn() {
        LaneCall call = rig.talk();
        call.happens(EventType.SPEECH_STARTED);
        assertThat(counters.get(LaneCounter.BARGE_INS)).isZero();
        assertThat(counters.timing(LaneTiming.BARGE_IN).soFar().count()).isZero();
    }

    @Test
    void shouldTimeOneUplinkFrameInSixteen() {
        LaneCall call = rig.talk();
        for (int i = 0; i < 32; i++) {
            call.callerSpeaks();
            rig.nowNs += 2 * MS;
            rig.turn();
        }
        Distribution timed = counters.timing(LaneTiming.UPLINK).soFar();
        assertThat(timed.count()).isEqualTo(2);
        assertThat(timed.sumNs()).isEqualTo(2 * 2 * MS);
    }

    @Test
    void shouldTimeAFrameThatIsJoinedToAnother() {
        LaneCall call = rig.talk();
        for (int i = 0; i < 16; i++) {
            call.callerSpeaks();
        }
        rig.nowNs += 2 * MS;
        rig.turn();
        assertThat(counters.timing(LaneTiming.UPLINK).soFar().sumNs()).isEqualTo(2 * MS);
    }

    @Test
    void shouldNotTimeWhatWaitsForItsSession() {
        LaneCall call = rig.connect();
        call.starts();
        for (int i = 0; i < 40; i++) {
            call.callerSpeaks();
            rig.runMs(20);
        }
        call.sessionOpens();
        rig.turn();
        assertThat(counters.get(LaneCounter.UPLINK_FORWARDED_BYTES)).isPositive();
        assertThat(counters.timing(LaneTiming.UPLINK).soFar().count()).isZero();
    }

    @Test
    void shouldNotCountTheWaitOfModelAudioForItsTime() {
        LaneCall call = rig.talk();
        call.begins("r1");
        for (int i = 0; i < 32; i++) {
            call.delta("r1", 2_000);
        }
        rig.runMs(8_000);
        Distribution timed = counters.timing(LaneTiming.DOWNLINK).soFar();
        assertThat(call.carrier.audio.size()).isEqualTo(64_000);
        assertThat(timed.count()).isEqualTo(2);
        assertThat(timed.sumNs()).isLessThan(2 * MS);
    }

    @Test
    void shouldCountHowLateTheLaneIsForModelAudioThatWaitedForItsTime() {
        LaneCall call = rig.talk();
        call.begins("r1");
        for (int i = 0; i < 17; i++) {
            call.delta("r1", 2_000);
        }
        rig.turn();
        while (counters.timing(LaneTiming.DOWNLINK).soFar().count() == 0) {
            rig.nowNs = rig.lane.nextDeadlineNs() + 5 * MS;
            rig.turn();
        }
        assertThat(counters.timing(LaneTiming.DOWNLINK).soFar().sumNs()).isBetween(5 * MS, 7 * MS);
    }

    @Test
    void shouldCountTheWaitOfModelAudioForTheSocket() {
        LaneCall call = rig.talk();
        call.begins("r1");
        for (int i = 0; i < 15; i++) {
            call.delta("r1", 2_000);
            rig.runMs(250);
        }
        call.carrier.writable = false;
        call.delta("r1", 2_000);
        rig.runMs(70);
        assertThat(counters.timing(LaneTiming.DOWNLINK).soFar().count()).isZero();
        call.carrier.writable = true;
        call.tell(event -> event.digitPressed("1"));
        assertThat(counters.timing(LaneTiming.DOWNLINK).soFar().sumNs()).isEqualTo(70 * MS);
    }

    @Test
    void shouldCountTurnsThatFoundSomethingAndTurnsThatStalled() {
        rig.lane.turned(0, MS);
        rig.lane.turned(3, 2 * MS);
        rig.lane.turned(0, 20 * MS);
        rig.lane.turned(1, 30 * MS);
        Distribution turns = counters.timing(LaneTiming.TURN).soFar();
        assertThat(turns.count()).isEqualTo(3);
        assertThat(turns.sumNs()).isEqualTo(52 * MS);
        assertThat(counters.get(LaneCounter.TURNS_STALLED)).isEqualTo(2);
        assertThat(counters.timing(LaneTiming.TURN).takeLongestNs()).isEqualTo(30 * MS);
    }

    @Test
    void shouldTellHowFullRingAndPoolsAre() {
        LaneCall call = rig.talk();
        counters.takeMostEventsWaiting();
        for (int i = 0; i < 5; i++) {
            call.callerSpeaks();
        }
        assertThat(rig.lane.eventsWaiting()).isEqualTo(5);
        rig.turn();
        assertThat(rig.lane.eventsWaiting()).isZero();
        assertThat(counters.takeMostEventsWaiting()).isEqualTo(5);
        assertThat(counters.takeMostEventsWaiting()).isZero();
        assertThat(counters.framesLent(LanePool.UPLINK)).isZero();
        assertThat(rig.lane.maxFrames(LanePool.UPLINK)).isEqualTo(LaneRig.SMALL.uplinkFrames());

        call.begins("r1");
        for (int i = 0; i < 4; i++) {
            call.delta("r1", 2_000);
        }
        rig.turn();
        assertThat(counters.framesLent(LanePool.DOWNLINK)).isPositive();
    }

    private void assertOnly(Phase expected) {
        for (Phase phase : Phase.values()) {
            assertThat(counters.calls(phase)).as("%s", phase).isEqualTo(phase == expected ? 1 : 0);
        }
    }
}
