package io.ringdown.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Base64TextTest {
    @Test
    void shouldAgreeWithTheEncoderOnEveryLength() {
        for (int bytes = 0; bytes < 1_000; bytes++) {
            String text = Base64.getEncoder().encodeToString(new byte[bytes]);
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;

            assertThat(Base64Text.length(bytes)).isEqualTo(text.length());
            assertThat(Base64Text.bytes(text.length(), padding)).isEqualTo(bytes);
        }
    }

    @Test
    void shouldCutWhereNoByteIsSplit() {
        assertThat(Base64Text.bytes(Base64Text.CUT_CHARS, 0)).isEqualTo(60 * MuLaw.BYTES_PER_MS);
    }

    @Test
    void shouldAppendAsIfBothHadBeenEncodedTogether() {
        Random random = new Random(1);
        for (int firstBytes = 0; firstBytes < 40; firstBytes++) {
            for (int moreBytes = 0; moreBytes < 40; moreBytes++) {
                byte[] all = new byte[firstBytes + moreBytes];
                random.nextBytes(all);
                byte[] text = Arrays.copyOf(encoded(Arrays.copyOf(all, firstBytes)), 200);
                byte[] more = Arrays.copyOf(encoded(Arrays.copyOfRange(all, firstBytes, all.length)), 200);

                Base64Text.append(text, firstBytes, more, moreBytes);

                assertThat(Arrays.copyOf(text, Base64Text.length(all.length)))
                        .as("%d and %d bytes", firstBytes, moreBytes)
                        .isEqualTo(encoded(all));
            }
        }
    }

    private static byte[] encoded(byte[] audio) {
        return Base64.getEncoder().encode(audio);
    }
}
