package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.carrier.SentFrames;
import io.ringdown.bridge.simulator.carrier.Speech;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A caller speaks for five seconds; the decision comes when four of them are over, the carrier's end a second late. */
class OutcomeTest {
    private static final int FRAMES = 250;
    private static final long BEGAN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long DECIDED_NS = BEGAN_NS + TimeUnit.SECONDS.toNanos(4);

    private final byte[] said = new byte[FRAMES * Speech.FRAME_BYTES];
    private final SentFrames sent = new SentFrames(
            LongStream.range(0, FRAMES).map(frame -> atNs((int) frame)).toArray());

    OutcomeTest() {
        for (int i = 0; i < said.length; i++) {
            said[i] = (byte) (i / 7);
        }
    }

    private static long atNs(int frame) {
        return BEGAN_NS + TimeUnit.MILLISECONDS.toNanos(20L * frame);
    }

    /** Frames {@code from} to {@code to} are, and the first of them came when {@code atFrame} was sent. */
    private boolean isHeard(int from, int to, int atFrame) {
        byte[] heard = Arrays.copyOfRange(said, from * Speech.FRAME_BYTES, to * Speech.FRAME_BYTES);
        return Outcome.isHeard(said, sent, heard, atNs(atFrame), DECIDED_NS);
    }

    @Test
    void shouldAskForTheCallersAudioToTwoSecondsBeforeTheDecision() {
        assertThat(isHeard(0, 99, 0)).isFalse();
        assertThat(isHeard(0, 100, 0)).isTrue();
        assertThat(isHeard(0, FRAMES, 0)).isTrue();
        assertThat(isHeard(0, FRAMES + 1, 0)).isFalse();
    }

    @Test
    void shouldAskForWhatCouldWaitForTheSession() {
        assertThat(isHeard(1, 200, 100)).isFalse();
        assertThat(isHeard(1, 200, 101)).isTrue();
        assertThat(isHeard(30, 200, 130)).isTrue();
        assertThat(isHeard(31, 200, 130)).isFalse();
    }

    @Test
    void shouldFindAGap() {
        byte[] torn = Arrays.copyOf(said, 150 * Speech.FRAME_BYTES);
        torn[1_000]++;
        assertThat(Outcome.isHeard(said, sent, torn, BEGAN_NS, DECIDED_NS)).isFalse();
    }

    @Test
    void shouldFindNothingHeardOfACallThatNobodyDecidedToEnd() {
        assertThat(Outcome.isHeard(said, sent, said, BEGAN_NS, 0)).isFalse();
    }
}
