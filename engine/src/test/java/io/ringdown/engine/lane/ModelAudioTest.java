package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAudioTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TIMER_TICK_NS = 2 * MS;

    private LaneRig rig = new LaneRig();

    // pacing

    @Test
    void shouldKeepABurstWithinTheLeadAndLoseNothing() {
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 8).forEach(i -> call.delta("r1", 2_000));
        rig.turn();
        assertThat(call.carrier.messages).containsExactly(2_000);

        call.ends("r1");
        rig.runMs(2_100);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(call.carrier.maxAheadNs).isLessThanOrEqualTo(400 * MS);
        assertThat(call.carrier.gaps).isZero();
        assertThat(call.carrier.commands.get(call.carrier.commands.size() - 1)).startsWith("mark 1.");
        assertThat(rig.lent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 100, 250, 360, 400, 1_000, 5_000})
    void shouldNeverFallSilentWhateverTheLead(int leadMs) {
        rig.times = withLead(leadMs * MS);
        LaneCall call = rig.talk();
        call.begins("r1");
        Random random = new Random(leadMs);
        int bytes = 0;
        while (bytes < 60_000) {
            int delta = 1 + random.nextInt(2_880);
            call.delta("r1", delta);
            bytes += delta;
        }
        rig.turn();
        rig.runMs(bytes / 8 + 100);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(call.carrier.gaps).isZero();
        assertThat(call.carrier.maxAheadNs).isLessThanOrEqualTo(Math.max(leadMs, 360 + 40) * MS);
        assertThat(call.carrier.maxAheadNs).isLessThanOrEqualTo(leadMs * MS + 360 * MS);
    }

    @Test
    void shouldNotHoldBackWhatComesInRealTime() {
        LaneCall call = rig.talk();
        call.begins("r1");
        for (int i = 0; i < 40; i++) {
            call.delta("r1", 2_000);
            rig.turn();
            assertThat(call.carrier.messages).hasSize(i + 1);
            rig.runMs(250);
        }
    }

    @Test
    void shouldMarkLongAudioOnceASecond() {
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 20).forEach(i -> call.delta("r1", 2_000));
        rig.turn();
        rig.runMs(5_000);

        assertThat(call.carrier.commands)
                .filteredOn(command -> command.startsWith("mark"))
                .hasSize(5);
    }

    @Test
    void shouldWriteManyShortResponsesInOneTurn() {
        LaneCall call = rig.talk();
        for (int i = 0; i < 40; i++) {
            call.begins("r" + i);
            call.delta("r" + i, 24);
            call.ends("r" + i);
        }
        rig.runMs(200);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(call.carrier.gaps).isLessThanOrEqualTo(40);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldNotLeaveAnythingBehindWhenTxWasFull() {
        LaneCall call = rig.talk();
        call.carrier.writable = false;
        for (int i = 0; i < 100; i++) {
            call.begins("r" + i);
            call.delta("r" + i, 24);
            call.ends("r" + i);
        }
        call.carrier.writable = true;
        rig.runMs(500);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(rig.lent()).isZero();
    }

    // joining

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 80, 160, 161, 479, 480})
    void shouldJoinTinyDeltasThatWait(int bytes) {
        LaneCall call = rig.talk();
        call.begins("r1");
        call.delta("r1", 2_880);
        rig.turn();
        call.delta("r1", 1_000);
        int deltas = 8_000 / bytes;
        for (int i = 0; i < deltas; i++) {
            call.delta("r1", bytes);
            if (i % 32 == 0) {
                rig.turn();
            }
        }
        call.ends("r1");
        rig.runMs(1_700);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(call.carrier.messages.size()).isLessThanOrEqualTo(6);
        assertThat(rig.lent()).isZero();
    }

    // clearing

    @Test
    void shouldDropEverythingWhenTheCallerSpeaksOver() {
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 8).forEach(i -> call.delta("r1", 2_000));
        rig.turn();
        call.carrier.writable = false;
        rig.runMs(150);
        int sent = call.carrier.audio.size();

        call.happens(EventType.SPEECH_STARTED);
        call.carrier.writable = true;
        call.delta("r1", 2_000);
        rig.runMs(1_000);

        assertThat(call.carrier.commands).contains("clear");
        assertThat(call.carrier.audio.size()).isEqualTo(sent);
        assertThat(call.model.commands).contains("cancel r1", "truncate item at 150 ms");
        assertThat(rig.lane.counters().droppedBytes(DropReason.BARGE_IN)).isEqualTo(9 * 2_000 - sent);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldSpeakTheNextResponseWholeAfterAClear() {
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 4).forEach(i -> call.delta("r1", 1_999));
        rig.turn();
        call.happens(EventType.SPEECH_STARTED);
        call.happens(EventType.SPEECH_STOPPED);
        int before = call.carrier.audio.size();
        int spoken = call.spoken.size();

        call.begins("r2");
        IntStream.range(0, 8).forEach(i -> call.delta("r2", 80));
        call.ends("r2");
        rig.runMs(200);

        byte[] after = call.carrier.audio.toByteArray();
        byte[] said = call.spoken.toByteArray();
        assertThat(java.util.Arrays.copyOfRange(after, before, after.length))
                .isEqualTo(java.util.Arrays.copyOfRange(said, spoken, said.length));
    }

    // bounds

    @Test
    void shouldCancelAResponseThatOutgrowsItsCall() {
        LaneCall call = rig.talk();
        LaneCall other = rig.talk();
        call.begins("r1");
        other.begins("r1");
        other.delta("r1", 2_000);
        for (int i = 0; i < 50; i++) {
            call.delta("r1", 2_000);
        }
        rig.turn();
        rig.runMs(500);

        assertThat(call.model.commands).containsOnlyOnce("cancel r1");
        assertThat(rig.lane.counters().droppedBytes(DropReason.OUT_FULL)).isPositive();
        assertThat(call.carrier.audio.size()).isLessThanOrEqualTo(400 * 8);
        assertThat(other.model.commands).doesNotContain("cancel r1");
        call.ends("r1");
        call.begins("r2");
        call.delta("r2", 800);
        rig.turn();
        assertThat(call.carrier.commands).contains("audio 800");
        call.hangsUp();
        other.hangsUp();
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldJoinWhatWaitsInTheRingBeforeItTakesFramesOfOthers() {
        rig = new LaneRig(new LaneSettings(256, 4, 64, 40, 16_000, 1_000_000));
        LaneCall modest = rig.talk();
        LaneCall dribbling = rig.talk();
        modest.begins("r1");
        dribbling.begins("r1");
        IntStream.range(0, 6).forEach(i -> modest.delta("r1", 2_000));
        rig.turn();
        IntStream.range(0, 200).forEach(i -> dribbling.delta("r1", 3));
        rig.turn();
        assertThat(rig.lane.counters().get(LaneCounter.DOWNLINK_BUDGET_SPENT)).isZero();
        assertThat(modest.model.commands).doesNotContain("cancel r1");
        assertThat(dribbling.model.commands).doesNotContain("cancel r1");
        List.of(modest, dribbling).forEach(LaneCall::hangsUp);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldTakeTheFramesOfTheCallThatHoldsMostAndNeverOfTheOneThatAsks() {
        rig = new LaneRig(new LaneSettings(256, 4, 64, 40, 16_000, 1_000_000));
        LaneCall richest = rig.talk();
        LaneCall rich = rig.talk();
        LaneCall asker = rig.talk();
        richest.begins("r1");
        rich.begins("r1");
        asker.begins("r1");
        IntStream.range(0, 24).forEach(i -> richest.delta("r1", 2_880));
        IntStream.range(0, 16).forEach(i -> rich.delta("r1", 2_000));
        rig.turn();
        IntStream.range(0, 10).forEach(i -> asker.delta("r1", 2_000));
        rig.turn();
        rig.runMs(5_000);

        assertThat(rig.lane.counters().get(LaneCounter.DOWNLINK_BUDGET_SPENT)).isEqualTo(1);
        assertThat(richest.model.commands).contains("cancel r1");
        assertThat(rich.model.commands).doesNotContain("cancel r1");
        assertThat(asker.model.commands).doesNotContain("cancel r1");
        assertThat(asker.carrier.audio.toByteArray()).isEqualTo(asker.spoken.toByteArray());
        List.of(richest, rich, asker).forEach(LaneCall::hangsUp);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldTakeFromAnotherThoughTheOneThatAsksHoldsMost() {
        rig = new LaneRig(new LaneSettings(256, 4, 64, 16, 16_000, 1_000_000));
        LaneCall asker = rig.talk();
        LaneCall other = rig.talk();
        asker.begins("r1");
        other.begins("r1");
        IntStream.range(0, 5).forEach(i -> other.delta("r1", 2_880));
        IntStream.range(0, 11).forEach(i -> asker.delta("r1", 2_880));
        rig.turn();
        IntStream.range(0, 3).forEach(i -> asker.delta("r1", 2_880));
        rig.turn();

        assertThat(other.model.commands).contains("cancel r1");
        assertThat(asker.model.commands).doesNotContain("cancel r1");
    }

    @Test
    void shouldFindTheResponseBehindAMarkWhenFramesAreSpent() {
        rig = new LaneRig(new LaneSettings(256, 4, 64, 8, 16_000, 1_000_000));
        LaneCall richest = rig.talk();
        richest.begins("r1");
        richest.delta("r1", 2_880);
        richest.ends("r1");
        richest.carrier.writable = false;
        richest.begins("r2");
        IntStream.range(0, 8).forEach(i -> richest.delta("r2", 2_880));
        rig.turn();
        LaneCall asker = rig.talk();
        asker.begins("r1");
        asker.delta("r1", 2_000);
        rig.turn();

        assertThat(richest.model.commands).contains("cancel r2");
        assertThat(asker.carrier.commands).contains("audio 2000");
    }

    @Test
    void shouldLoseItsOwnResponseWhenNobodyElseHoldsAnything() {
        rig = new LaneRig(new LaneSettings(256, 4, 64, 4, 16_000, 1_000_000));
        LaneCall call = rig.talk();
        call.begins("r1");
        IntStream.range(0, 6).forEach(i -> call.delta("r1", 2_880));
        rig.turn();

        assertThat(call.model.commands).containsOnlyOnce("cancel r1");
        assertThat(call.isOver()).isFalse();
    }

    // a socket that takes no more

    @Test
    void shouldKeepAudioWhileTheSocketIsFullAndGoOnAfterwards() {
        LaneCall call = rig.talk();
        call.carrier.writable = false;
        call.begins("r1");
        IntStream.range(0, 4).forEach(i -> call.delta("r1", 2_000));
        call.ends("r1");
        rig.runMs(3_000);
        assertThat(call.carrier.audio.size()).isZero();

        call.carrier.writable = true;
        rig.runMs(1_200);

        assertThat(call.carrier.audio.toByteArray()).isEqualTo(call.spoken.toByteArray());
        assertThat(call.isOver()).isFalse();
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldEndACallWhoseSocketTakesNothingForTooLong() {
        LaneCall call = rig.talk();
        call.carrier.stalled = true;
        call.begins("r1");
        call.delta("r1", 2_000);
        rig.turn();
        long blockedNs = rig.nowNs;

        rig.runMs(4_999);
        assertThat(rig.hangups).isEmpty();
        rig.runMs(3);

        assertThat(rig.hangups).hasSize(1);
        assertThat(rig.nowNs - blockedNs).isLessThanOrEqualTo(5_000 * MS + TIMER_TICK_NS);
    }

    @Test
    void shouldBearWithASocketThatIsSlowButMoves() {
        LaneCall call = rig.talk();
        call.carrier.stalled = true;
        call.begins("r1");
        call.delta("r1", 2_880);
        call.ends("r1");
        for (int i = 0; i < 4; i++) {
            rig.runMs(4_000);
            call.carrier.takes(700);
            rig.turn();
        }
        assertThat(rig.hangups).isEmpty();

        rig.runMs(5_100);
        assertThat(rig.hangups).hasSize(1);
    }

    @Test
    void shouldForgetTheStallWhenTheSocketHasTakenAll() {
        LaneCall call = rig.talk();
        call.carrier.stalled = true;
        call.begins("r1");
        call.delta("r1", 2_000);
        call.ends("r1");
        rig.runMs(4_900);
        call.carrier.takes(call.carrier.pendingBytes());
        rig.runMs(2_000);

        assertThat(rig.hangups).isEmpty();
    }

    @Test
    void shouldNotHangUpWhileTheGoodbyeIsStuckInTheSocket() {
        LaneCall call = rig.talk();
        call.carrier.stalled = true;
        call.carrier.echoes.clear();
        call.saysGoodbye("r1");
        call.carrier.echoes.clear(); // it never left us, so it is never heard
        rig.runMs(4_900);
        assertThat(rig.hangups).isEmpty();

        rig.runMs(200);
        assertThat(rig.hangups).hasSize(1);
    }

    @Test
    void shouldGiveEveryFrameBackWhenTheCallEndsWhileBlocked() {
        LaneCall call = rig.talk();
        call.carrier.writable = false;
        call.begins("r1");
        IntStream.range(0, 8).forEach(i -> call.delta("r1", 2_000));
        rig.turn();
        assertThat(rig.lent()).isEqualTo(8);

        call.hangsUp();

        assertThat(call.isOver()).isTrue();
        assertThat(rig.lent()).isZero();
        assertThat(rig.lane.counters().droppedBytes(DropReason.AFTER_END)).isEqualTo(16_000);
    }

    static CallSettings.Times withLead(long leadNs) {
        CallSettings.Times times = CallSettings.Times.defaults();
        return new CallSettings.Times(
                leadNs,
                times.markSlackNs(),
                times.responseDoneWaitNs(),
                times.carrierStallNs(),
                times.maxDurationNs(),
                times.maxDurationGraceNs(),
                times.silenceTimeoutNs(),
                times.startTimeoutNs(),
                times.modelConnectTimeoutNs(),
                times.sessionTimeoutNs(),
                times.goodbyeAnswerTimeoutNs(),
                times.cancelledGoodbyeTimeoutNs(),
                times.toolTimeoutNs(),
                times.voicemailWindowNs());
    }
}
