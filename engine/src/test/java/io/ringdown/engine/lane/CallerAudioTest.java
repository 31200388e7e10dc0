package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAudioTest {
    private final LaneRig rig = new LaneRig();

    @Test
    void shouldHoldTwoSecondsBeforeTheSessionAndDropTheOldest() {
        LaneCall call = rig.connect();
        call.starts();
        IntStream.range(0, 150).forEach(i -> call.callerSpeaks());
        rig.turn();
        assertThat(call.model.audio.size()).isZero();

        call.sessionOpens();
        call.hangsUp();

        UplinkLedger ledger = call.summaries.get(0).uplink();
        assertThat(ledger.inBytes()).isEqualTo(150 * 160);
        assertThat(ledger.forwardedBytes()).isBetween(16_000L, 16_000L + 5 * 160); // what gives way is a joined piece
        assertThat(ledger.droppedBytes(DropReason.BEFORE_SESSION)).isEqualTo(150 * 160 - ledger.forwardedBytes());
        assertThat(ledger.balances()).isTrue();
        assertThat(lastBytes(call, 160)).isEqualTo(pattern(149 * 160, 160));
        assertThat(call.model.audio.toByteArray()).startsWith(pattern((int) ledger.droppedBytes(), 160));
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldLoseNothingThatComesAllAtOnceWhileTheSocketTakesIt() {
        LaneCall call = rig.talk();
        IntStream.range(0, 250).forEach(i -> call.callerSpeaks());
        rig.turn();
        assertThat(call.model.audio.toByteArray()).isEqualTo(pattern(0, 250 * 160));
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldHoldWhileTheModelsSocketIsFullAndKeepTheOrder() {
        LaneCall call = rig.talk();
        call.callerSpeaks();
        rig.turn();
        call.model.writable = false;
        IntStream.range(0, 120).forEach(i -> call.callerSpeaks());
        rig.turn();
        call.model.writable = true;
        call.callerSpeaks();
        rig.turn();
        call.hangsUp();

        UplinkLedger ledger = call.summaries.get(0).uplink();
        assertThat(ledger.droppedBytes(DropReason.MODEL_STALLED))
                .isBetween(15L * 160, 20L * 160); // what gives way is a joined piece
        assertThat(ledger.balances()).isTrue();
        assertThat(ledger.forwardedBytes()).isEqualTo(call.model.audio.size());
        assertThat(lastBytes(call, 160)).isEqualTo(pattern(121 * 160, 160));
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldGoOnWhenTheModelsSocketHasRoomThoughNothingElseHappens() {
        LaneCall call = rig.talk();
        call.model.writable = false;
        call.callerSpeaks();
        rig.turn();
        call.model.writable = true;
        rig.turn();
        assertThat(call.model.audio.toByteArray()).isEqualTo(pattern(0, 160));
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldGoOnWhenFlushingMakesRoom() {
        LaneCall call = rig.talk();
        call.model.roomFrames = 1;
        IntStream.range(0, 20).forEach(i -> call.callerSpeaks());
        rig.turn();
        assertThat(call.model.audio.toByteArray()).isEqualTo(pattern(0, 20 * 160));
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldAccountForWhatComesAfterTheModelIsLost() {
        LaneCall call = rig.talk();
        call.callerSpeaks();
        call.model.writable = false;
        call.callerSpeaks();
        rig.turn();
        call.happens(EventType.MODEL_LOST);
        call.hangsUp();

        assertThat(call.summaries.get(0).uplink().balances()).isTrue();
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldAccountForAudioOfACallThatEndsInTheSameTurn() {
        LaneCall call = rig.talk();
        call.callerSpeaks();
        call.publish(event -> event.happened(EventType.CARRIER_STOPPED));
        call.callerSpeaks();
        rig.turn();
        call.callerSpeaks();
        rig.turn();

        UplinkLedger ledger = call.summaries.get(0).uplink();
        assertThat(ledger.inBytes()).isEqualTo(320);
        assertThat(ledger.droppedBytes(DropReason.AFTER_END)).isEqualTo(320);
        assertThat(ledger.balances()).isTrue();
        assertThat(rig.lane.counters().droppedBytes(DropReason.AFTER_END)).isEqualTo(480);
        assertThat(rig.lent()).isZero();
    }

    @Test
    void shouldCountWhatTheLegHadNoFrameFor() {
        LaneCall call = rig.talk();
        rig.calls.forEach(any -> {
            while (rig.lane.uplinkFrames().acquire() != null) {
                // spent
            }
        });
        call.callerSpeaks();
        call.hangsUp();

        UplinkLedger ledger = call.summaries.get(0).uplink();
        assertThat(ledger.droppedBytes(DropReason.POOL_SPENT)).isEqualTo(160);
        assertThat(ledger.balances()).isTrue();
    }

    @Test
    void shouldSendWhatCameInOneTurnInOneMessage() {
        LaneCall call = rig.talk();
        int before = call.model.frames;
        IntStream.range(0, 6).forEach(i -> call.callerSpeaks());
        rig.turn();

        assertThat(call.model.frames - before).isEqualTo(1);
        assertThat(call.model.audio.toByteArray()).isEqualTo(pattern(0, 6 * 160));
    }

    @Test
    void shouldFlushOncePerTurn() {
        LaneCall call = rig.talk();
        int before = call.model.flushes;
        IntStream.range(0, 3).forEach(i -> call.callerSpeaks());
        rig.turn();

        assertThat(call.model.flushes - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBalanceTheLedgerWhateverHappens(long seed) {
        Random random = new Random(seed);
        LaneCall call = rig.connect();
        for (int i = 0; i < 400 && !call.isOver(); i++) {
            switch (random.nextInt(40)) {
                case 0 -> call.starts();
                case 1 -> call.happens(EventType.MODEL_CONNECTED);
                case 2 -> call.happens(EventType.SESSION_CONFIRMED);
                case 3 -> call.model.writable = !call.model.writable;
                case 4 -> call.happens(EventType.SPEECH_STARTED);
                case 5 -> rig.runMs(random.nextInt(1_500));
                case 6 -> call.port.callerAudioRefused(160);
                case 7 -> call.happens(random.nextInt(4) == 0 ? EventType.MODEL_LOST : EventType.SPEECH_STOPPED);
                default -> call.callerSpeaks();
            }
        }
        call.callerSpeaks();
        call.hangsUp();

        UplinkLedger ledger = call.summaries.get(0).uplink();
        assertThat(ledger.balances())
                .as(
                        "in=%d padded=%d forwarded=%d dropped=%d",
                        ledger.inBytes(), ledger.paddedBytes(), ledger.forwardedBytes(), ledger.droppedBytes())
                .isTrue();
        assertThat(rig.lent()).isZero();
    }

    private static byte[] lastBytes(LaneCall call, int bytes) {
        byte[] all = call.model.audio.toByteArray();
        return java.util.Arrays.copyOfRange(all, all.length - bytes, all.length);
    }

    private static byte[] pattern(int from, int bytes) {
        byte[] muLaw = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            muLaw[i] = (byte) ((from + i) * 31);
        }
        return muLaw;
    }
}
