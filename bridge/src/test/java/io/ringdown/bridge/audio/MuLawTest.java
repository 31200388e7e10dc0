package io.ringdown.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class MuLawTest {

    @Test
    void shouldReturnEveryCodeUnchangedButNegativeZero() throws IOException {
        byte[] codes = allCodes();
        byte[] expected = codes.clone();
        expected[0x7F] = MuLaw.SILENCE;

        assertThat(MuLaw.encode(MuLaw.decode(codes))).isEqualTo(expected);
    }

    @Test
    void shouldDecodeBothZeroesAndBothExtremesAsG711Says() throws IOException {
        byte[] codes = {(byte) 0xFF, 0x7F, 0x00, (byte) 0x80};

        assertThat(shorts(MuLaw.decode(codes))).containsExactly((short) 0, (short) 0, (short) -32124, (short) 32124);
    }

    @Test
    void shouldClipWhatIsTooLoudInsteadOfWrappingIt() {
        byte[] encoded = MuLaw.encode(bytes((short) 32767, (short) 32636, (short) -32636, (short) -32768));

        assertThat(encoded).containsExactly(0x80, 0x80, 0x00, 0x00);
    }

    @Test
    void shouldAgreeWithJavaSoundWhereverJavaSoundDoesNotWrap() throws IOException {
        short[] samples = new short[2 * 32635 + 1];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (i - 32635);
        }

        assertThat(MuLaw.encode(bytes(samples))).isEqualTo(encodedByJavaSound(bytes(samples)));
    }

    @Test
    void shouldEncodeNothingAsNothing() throws IOException {
        assertThat(MuLaw.encode(new byte[0])).isEmpty();
        assertThat(MuLaw.decode(new byte[0])).isEmpty();
    }

    static byte[] allCodes() {
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        return codes;
    }

    static short[] shorts(byte[] samples) {
        ShortBuffer pcm =
                ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] shorts = new short[pcm.remaining()];
        pcm.get(shorts);
        return shorts;
    }

    static byte[] bytes(short... samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static byte[] encodedByJavaSound(byte[] samples) throws IOException {
        AudioFormat pcm = new AudioFormat(8000, 16, 1, true, false);
        AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(samples), pcm, samples.length / 2);
        byte[] encoded =
                AudioSystem.getAudioInputStream(AudioFormat.Encoding.ULAW, in).readAllBytes();
        return Arrays.copyOf(encoded, samples.length / 2);
    }
}
