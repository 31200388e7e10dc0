package io.ringdown.bridge.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Telephone audio, G.711 μ-law at 8 kHz mono, from and to 16-bit little-endian samples.
 *
 * <p>Java Sound decodes. It does not encode for us, because it turns samples beyond ±32635 into silence instead of
 * clipping them.
 */
final class MuLaw {
    static final int SAMPLE_RATE = 8000;
    static final int BYTES_PER_MS = SAMPLE_RATE / 1000;
    static final byte SILENCE = (byte) 0xFF;

    private static final AudioFormat ENCODED =
            new AudioFormat(AudioFormat.Encoding.ULAW, SAMPLE_RATE, 8, 1, 1, SAMPLE_RATE, false);
    private static final AudioFormat SAMPLES = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);

    private static final int BIAS = 132;
    private static final int LOUDEST = 32635;

    private MuLaw() {}

    static byte[] decode(byte[] muLaw) throws IOException {
        AudioInputStream encoded = new AudioInputStream(new ByteArrayInputStream(muLaw), ENCODED, muLaw.length);
        try (AudioInputStream samples = AudioSystem.getAudioInputStream(SAMPLES, encoded)) {
            return samples.readAllBytes();
        }
    }

    static byte[] encode(byte[] samples) {
        ShortBuffer pcm =
                ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        byte[] muLaw = new byte[pcm.remaining()];
        for (int i = 0; i < muLaw.length; i++) {
            muLaw[i] = encode(pcm.get(i));
        }
        return muLaw;
    }

    /** G.711: sign, 3 bits of exponent, 4 bits of mantissa, all inverted on the line. */
    private static byte encode(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), LOUDEST) + BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }
}
