package io.ringdown.bridge.load.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedFrameTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1", "499, 86399", "65535, 2147483647"})
    void shouldTellWhichFrameOfWhichCallItIs(int call, int number) {
        long identity = NumberedFrame.identityOf(NumberedFrame.of(call, number), 0);
        assertThat(NumberedFrame.call(identity)).isEqualTo(call);
        assertThat(NumberedFrame.number(identity)).isEqualTo(number);
    }

    @Test
    void shouldMurmurInTheEightQuietestBytes() {
        for (byte b : NumberedFrame.of(499, 1_234_567)) {
            assertThat(b & 0xFF).isBetween(0xF8, 0xFF);
        }
    }

    @Test
    void shouldBeReadInTheMiddleOfAudio() {
        byte[] audio = new byte[3 + NumberedFrame.BYTES];
        System.arraycopy(NumberedFrame.of(7, 8), 0, audio, 3, NumberedFrame.BYTES);
        assertThat(NumberedFrame.identityOf(audio, 3)).isEqualTo(7L << 32 | 8);
    }

    /** In the call, the number, the check, and what is the same in every frame. */
    @ParameterizedTest
    @ValueSource(ints = {0, 6, 15, 16, 23, 24, 159})
    void shouldNotKnowAFrameWithABitChanged(int at) {
        byte[] frame = NumberedFrame.of(7, 8);
        frame[at] ^= 1;
        assertThat(NumberedFrame.identityOf(frame, 0)).isEqualTo(NumberedFrame.NONE);
    }

    @Test
    void shouldNotTakeSilenceOrVoiceForAFrame() {
        byte[] silence = new byte[NumberedFrame.BYTES];
        Arrays.fill(silence, (byte) 0xFF);
        assertThat(NumberedFrame.identityOf(silence, 0)).isEqualTo(NumberedFrame.NONE);
        assertThat(NumberedFrame.identityOf(new byte[NumberedFrame.BYTES], 0)).isEqualTo(NumberedFrame.NONE);
    }
}
