package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.audio.MuLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutTest {
    private static final long MS = VirtualCall.NS_PER_MS;

    private final Playout playout = new Playout();
    private final AudioPart part = new AudioPart(1, "item", 0);

    private void send(int bytes, long nowMs) {
        playout.queued(bytes);
        playout.staged(bytes);
        playout.sent(part, bytes, nowMs * MS);
    }

    private int mark() {
        int mark = playout.nextMark();
        playout.markSent(mark);
        return mark;
    }

    @Test
    void shouldHearAtEightBytesAMillisecondAndNoMoreThanWasSent() {
        send(800, 0);
        assertThat(playout.heardBytes(40 * MS)).isEqualTo(320);
        assertThat(playout.aheadBytes(40 * MS)).isEqualTo(480);
        assertThat(playout.heardBytes(5_000 * MS)).isEqualTo(800);
        assertThat(playout.isIdle(5_000 * MS)).isTrue();
    }

    @Test
    void shouldStartTheClockAnewAfterAPause() {
        send(800, 0);
        send(800, 1_000);
        assertThat(playout.heardBytes(1_050 * MS)).isEqualTo(1_200);
    }

    @Test
    void shouldNotFallBackToAnEchoThatWasUnderWay() {
        send(800, 0);
        int mark = mark();
        send(8_000, 0);
        playout.echoed(1, mark, 300 * MS);
        assertThat(playout.heardBytes(300 * MS)).isEqualTo(2_400);
    }

    @Test
    void shouldCatchUpWithAnEchoThatIsAhead() {
        send(8_000, 0);
        int mark = mark();
        send(8_000, 0);
        playout.echoed(1, mark, 200 * MS);
        assertThat(playout.heardBytes(200 * MS)).isEqualTo(8_000);
    }

    @Test
    void shouldNotRunAwayFromTheEchoes() {
        send(800, 0);
        int mark = mark();
        send(80_000, 0);
        playout.echoed(1, mark, 3_000 * MS);
        assertThat(playout.heardBytes(3_000 * MS)).isEqualTo(800 + 4_000);
    }

    @Test
    void shouldStandStillWhileTheSocketIsBlocked() {
        send(8_000, 0);
        playout.socketMoved(false, false, 100 * MS);
        assertThat(playout.heardBytes(900 * MS)).isEqualTo(800);
        playout.socketMoved(true, true, 900 * MS);
        assertThat(playout.heardBytes(1_000 * MS)).isEqualTo(1_600);
    }

    @Test
    void shouldCountAnEchoOnceAndOnlyInItsGeneration() {
        send(800, 0);
        int mark = mark();
        assertThat(playout.echoed(2, mark, 0)).isFalse();
        assertThat(playout.echoed(1, mark + 1, 0)).isFalse();
        assertThat(playout.echoed(1, mark, 0)).isTrue();
        assertThat(playout.echoed(1, mark, 0)).isFalse();
    }

    @Test
    void shouldTakeALaterEchoForAllBeforeIt() {
        send(800, 0);
        playout.markSent(playout.nextMark());
        send(800, 0);
        int second = playout.nextMark();
        long sentMarks = playout.markSent(second);
        assertThat(playout.isHeard(sentMarks)).isFalse();
        playout.echoed(1, second, 200 * MS);
        assertThat(playout.isHeard(sentMarks)).isTrue();
        assertThat(playout.isConfirmed()).isTrue();
    }

    @Test
    void shouldKeepWhatWasHeardOfAPartWhenTheRestIsCleared() {
        send(800, 0);
        mark();
        assertThat(playout.isConfirmed()).isFalse();
        playout.queued(800);
        playout.clear(30 * MS);
        assertThat(part.heardBytes()).isEqualTo(240);
        assertThat(playout.isIdle(30 * MS)).isTrue();
        assertThat(playout.generation()).isEqualTo(2);
        assertThat(playout.isConfirmed()).isTrue();
    }

    @Test
    void shouldStayBoundedWhateverIsSent() {
        for (int i = 0; i < 5_000; i++) {
            playout.sent(new AudioPart(i, "item" + i, 0), 8, 0);
            playout.markSent(playout.nextMark());
        }
        assertThat(playout.isHeard(5_000 - OutstandingMarks.LIMIT))
                .as("given up")
                .isTrue();
        assertThat(playout.isHeard(5_001 - OutstandingMarks.LIMIT))
                .as("still expected")
                .isFalse();
        send(8, 0);
        assertThat(playout.takeMarkDue(8)).as("none of them was answered").isFalse();
        assertThat(playout.heardBytes(10_000 * MS)).isEqualTo(40_008);
    }

    @Test
    void shouldCountAsHeardOfEachPartWhatAnEchoConfirms() {
        AudioPart second = new AudioPart(2, "item", 1);
        send(800, 0);
        playout.sent(second, 400, 0);
        int mark = mark();
        playout.sent(second, 400, 0);
        playout.echoed(1, mark, 200 * MS);
        assertThat(part.heardBytes()).isEqualTo(800);
        playout.clear(200 * MS);
        assertThat(second.heardBytes()).isEqualTo(800);
    }

    @Test
    void shouldSettleAPartAtTheVeryEchoOfItsEnd() {
        send(800, 0);
        playout.echoed(1, mark(), 100 * MS);
        assertThat(part.heardBytes()).isEqualTo(800);
    }

    @Test
    void shouldCreditAClearedPartOnce() {
        AudioPart next = new AudioPart(2, "next", 0);
        send(800, 0);
        playout.clear(30 * MS);
        playout.sent(next, 1_600, 40 * MS);
        playout.echoed(2, mark(), 240 * MS);
        playout.clear(240 * MS);
        assertThat(part.heardBytes()).isEqualTo(240);
        assertThat(next.heardBytes()).isEqualTo(1_600);
    }

    @Test
    void shouldPlayOnWhenTheResponseOfSentAudioIsForgotten() {
        playout.sent(null, 800, 0);
        send(800, 0);
        playout.clear(150 * MS);
        assertThat(part.heardBytes()).isEqualTo(400);
    }

    @Test
    void shouldNotTakeManyPiecesOfOnePartForHeard() {
        for (int i = 0; i < 100; i++) {
            send(80, 0);
        }
        playout.clear(30 * MS);
        assertThat(part.heardBytes()).isEqualTo(240);
    }

    @Test
    void shouldTakeTheOldestOfTooManyPartsForHeard() {
        send(80, 0);
        for (int i = 0; i < 63; i++) {
            playout.sent(new AudioPart(2 + i, "item" + i, 0), 80, 0);
        }
        assertThat(part.heardBytes()).isZero();
        playout.sent(new AudioPart(65, "one more", 0), 80, 0);
        assertThat(part.heardBytes()).isEqualTo(80);
    }

    @Test
    void shouldOweAMarkWhenAsMuchAsAskedForWasSent() {
        send(7_999, 0);
        assertThat(playout.takeMarkDue(8_000)).isFalse();
        send(1, 0);
        assertThat(playout.takeMarkDue(8_000)).isTrue();
        assertThat(playout.takeMarkDue(8_000)).as("a second time").isFalse();
    }

    @Test
    void shouldForgetWhatWasDroppedBeforeItWasSent() {
        playout.queued(800);
        assertThat(playout.isIdle(0)).isFalse();
        playout.discarded(800);
        assertThat(playout.isIdle(0)).isTrue();
    }

    @Test
    void shouldStandStillHoweverOftenTheSocketSaysThatItIsBlocked() {
        send(8_000, 0);
        playout.socketMoved(false, false, 100 * MS);
        playout.socketMoved(false, false, 500 * MS);
        assertThat(playout.heardBytes(900 * MS)).isEqualTo(800);
    }

    @Test
    void shouldNotFallBackWhenABlockedSocketTakesSome() {
        send(8_000, 0);
        playout.socketMoved(false, false, 100 * MS);
        playout.socketMoved(false, true, 300 * MS);
        assertThat(playout.heardBytes(400 * MS)).isEqualTo(800);
    }

    @Test
    void shouldTellWhateverMovesAndNothingElse() {
        assertMoves(() -> playout.queued(800));
        assertMoves(() -> playout.discarded(80));
        assertMoves(() -> playout.staged(720));
        assertMoves(() -> playout.sent(part, 720, 0));
        assertMoves(() -> playout.socketMoved(true, true, 0));
        assertMoves(playout::nextMark);
        assertMoves(() -> playout.markSent(1));
        assertMoves(() -> playout.echoed(1, 1, 0));
        assertMoves(() -> playout.clear(0));
        int moves = playout.moves();
        playout.echoed(1, 1, 0);
        playout.socketMoved(false, false, 0);
        assertThat(playout.moves()).isEqualTo(moves);
    }

    private void assertMoves(Runnable move) {
        int before = playout.moves();
        move.run();
        assertThat(playout.moves()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {800, 4_800})
    void shouldLoseNoFractionOfAByteToAnEchoThatMovesNothing(int heardBytes) {
        send(800, 0);
        int mark = mark();
        send(8_000, 0);
        long nowNs = MuLaw.durationNs(heardBytes) + MuLaw.NS_PER_BYTE / 2;
        playout.echoed(1, mark, nowNs);
        assertThat(playout.heardBytes(nowNs + MuLaw.NS_PER_BYTE / 2)).isEqualTo(heardBytes + 1);
    }
}
