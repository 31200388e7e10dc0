package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlayoutTest {
    private static final long MS = 1_000_000;

    private final Playout playout = new Playout(true);

    @Test
    void shouldHearAudioAsTimePasses() {
        playout.play(audio(100, 1), at(10));
        assertThat(playout.heardBytes(at(10))).isZero();
        assertThat(playout.heardBytes(at(60))).isEqualTo(400);
        assertThat(playout.heardBytes(at(500))).isEqualTo(800);
        assertThat(playout.lastHeardNs(at(500))).isEqualTo(at(110));
    }

    @Test
    void shouldReachAMarkWhenEverythingBeforeItIsHeard() {
        playout.play(audio(40, 1), at(0));
        playout.play(audio(60, 2), at(10));
        playout.mark("end", at(11));
        assertThat(playout.takeDueMark(at(100) - 1)).isNull();
        assertThat(playout.takeDueMark(at(100)).name()).isEqualTo("end");
        assertThat(playout.takeDueMark(at(100))).isNull();
    }

    @Test
    void shouldReachAMarkAtOnceWhenNothingIsQueued() {
        playout.mark("idle", at(5));
        assertThat(playout.takeDueMark(at(5)).dueNs()).isEqualTo(at(5));
        playout.play(audio(20, 1), at(10));
        playout.mark("later", at(50));
        assertThat(playout.takeDueMark(at(50)).dueNs()).isEqualTo(at(50));
    }

    @Test
    void shouldForgetClearedAudioAndReturnItsMarks() {
        playout.play(audio(100, 1), at(0));
        playout.mark("a", at(0));
        playout.play(audio(100, 2), at(0));
        playout.mark("b", at(0));
        assertThat(playout.clear(at(150))).extracting(Playout.Mark::name).containsExactly("a", "b");
        playout.play(audio(20, 3), at(160));
        assertThat(heard(at(900))).isEqualTo(join(audio(100, 1), audio(50, 2), audio(20, 3)));
        assertThat(playout.heard(at(900))).extracting(HeardPiece::startNs).containsExactly(at(0), at(100), at(160));
        assertThat(playout.firstMark()).isNull();
    }

    @Test
    void shouldCountWhatWasNotHeardAtTheEnd() {
        playout.play(audio(100, 1), at(0));
        playout.play(audio(100, 2), at(0));
        playout.mark("end", at(0));
        playout.stop(at(130));
        assertThat(playout.cutOffBytes()).isEqualTo(70 * Speech.BYTES_PER_MS);
        playout.play(audio(100, 3), at(140));
        assertThat(heard(at(900))).isEqualTo(join(audio(100, 1), audio(30, 2)));
        assertThat(playout.receivedBytes()).isEqualTo(300 * Speech.BYTES_PER_MS);
        assertThat(playout.takeDueMark(at(900))).isNull();
        assertThat(playout.lastHeardNs(at(900))).isEqualTo(at(130));
    }

    @Test
    void shouldCutNothingOffOnceAllIsHeard() {
        playout.play(audio(100, 1), at(0));
        playout.stop(at(100));
        assertThat(playout.cutOffBytes()).isZero();
    }

    @Test
    void shouldTakeAnEndDecidedBeforeTheLastArrivalAsOneAtTheArrival() {
        playout.play(audio(100, 1), at(0));
        playout.play(audio(20, 2), at(200));
        playout.stop(at(199));
        assertThat(playout.cutOffBytes()).isEqualTo(20 * Speech.BYTES_PER_MS);
        assertThat(heard(at(900))).isEqualTo(audio(100, 1));
    }

    @Test
    void shouldCountAShortGapAsAnUnderrun() {
        playout.play(audio(100, 1), at(0));
        playout.play(audio(100, 1), at(150));
        assertThat(playout.underruns()).isEqualTo(1);
        assertThat(playout.underrunNs()).isEqualTo(50 * MS);
        playout.play(audio(100, 1), at(551));
        assertThat(playout.underruns()).isEqualTo(1);
        playout.clear(at(560));
        playout.play(audio(100, 1), at(570));
        assertThat(playout.underruns()).isEqualTo(1);
        assertThat(playout.burst()).isEqualTo(2);
    }

    @Test
    void shouldTakeWhatComesAfterALongPauseOrAClearForNewSpeech() {
        playout.play(audio(100, 1), at(0));
        playout.play(audio(100, 1), at(2_000));
        assertThat(playout.burst()).isEqualTo(1);
        playout.play(audio(100, 1), at(4_101));
        assertThat(playout.burst()).isEqualTo(2);
        assertThat(playout.clearedBurst()).isZero();
        playout.clear(at(4_110));
        assertThat(playout.clearedBurst()).isEqualTo(2);
        playout.play(audio(100, 1), at(4_120));
        assertThat(playout.burst()).isEqualTo(3);
    }

    @Test
    void shouldAnswerAReaderWhoseClockLiesBeforeTheArrival() {
        playout.play(audio(20, 1), at(100));
        assertThat(playout.heardBytes(at(99))).isZero();
        assertThat(playout.heard(at(99))).isEmpty();
    }

    @Test
    void shouldCountWithoutKeepingAudio() {
        Playout figures = new Playout(false);
        figures.play(audio(100, 1), at(0));
        figures.clear(at(60));
        assertThat(figures.heardBytes(at(900))).isEqualTo(480);
        assertThat(figures.heard(at(900))).isEmpty();
    }

    private byte[] heard(long nowNs) {
        return join(playout.heard(nowNs).stream().map(HeardPiece::muLaw).toArray(byte[][]::new));
    }

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    static byte[] audio(int ms, int value) {
        byte[] audio = new byte[ms * Speech.BYTES_PER_MS];
        Arrays.fill(audio, (byte) value);
        return audio;
    }

    /** Far from zero, as a real clock is. */
    private static long at(long ms) {
        return Long.MAX_VALUE - 100 * MS + ms * MS;
    }
}
