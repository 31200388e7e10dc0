package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.carrier.Speech;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A caller speaks for two seconds; the decision comes when the first of them is over, the carrier's end a second late. */
class OutcomeTest {
    private static final int FRAMES = 100;
    private static final long DECIDED_NS = TimeUnit.SECONDS.toNanos(11);

    private final byte[] said = new byte[FRAMES * Speech.FRAME_BYTES];
    private final long[] sentNs = LongStream.range(0, FRAMES)
            .map(frame -> TimeUnit.SECONDS.toNanos(10) + TimeUnit.MILLISECONDS.toNanos(20 * frame))
            .toArray();

    OutcomeTest() {
        for (int i = 0; i < said.length; i++) {
            said[i] = (byte) (i / 7);
        }
    }

    private boolean isHeard(int frames) {
        return Outcome.isHeard(said, sentNs, Arrays.copyOf(said, frames * Speech.FRAME_BYTES), DECIDED_NS);
    }

    @Test
    void shouldAskForTheCallersAudioToHalfASecondBeforeTheDecision() {
        assertThat(isHeard(24)).isFalse();
        assertThat(isHeard(25)).isTrue();
        assertThat(isHeard(FRAMES)).isTrue();
        assertThat(isHeard(FRAMES + 1)).isFalse();
    }

    @Test
    void shouldFindAGap() {
        byte[] torn = Arrays.copyOf(said, 50 * Speech.FRAME_BYTES);
        torn[1_000]++;
        assertThat(Outcome.isHeard(said, sentNs, torn, DECIDED_NS)).isFalse();
    }

    @Test
    void shouldFindNothingHeardOfACallThatNobodyDecidedToEnd() {
        assertThat(Outcome.isHeard(said, sentNs, said, 0)).isFalse();
    }
}
