package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.audio.Speech;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallerTurnsTest {
    private final byte[] words = Speech.line("interruption").muLaw();

    @Test
    void shouldFindNoTurnInSilence() {
        assertThat(CallerTurns.count(silence(3_000))).isZero();
        assertThat(CallerTurns.count(new byte[0])).isZero();
    }

    @Test
    void shouldEndTheLastTurnByTheSilenceBehindIt() {
        assertThat(CallerTurns.count(words)).isOne();
        assertThat(CallerTurns.count(Arrays.copyOf(words, words.length - 77))).isOne();
    }

    @Test
    void shouldPartTurnsAtLongPausesOnly() {
        assertThat(CallerTurns.count(twice(1_000))).isEqualTo(2);
        assertThat(CallerTurns.count(twice(100))).isOne();
    }

    private byte[] twice(int pauseMs) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(words);
        both.writeBytes(silence(pauseMs));
        both.writeBytes(words);
        return both.toByteArray();
    }

    private static byte[] silence(int ms) {
        byte[] silence = new byte[ms * MuLaw.BYTES_PER_MS];
        Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }
}
