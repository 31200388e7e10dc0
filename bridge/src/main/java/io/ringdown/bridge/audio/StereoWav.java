package io.ringdown.bridge.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Both sides of a call as one file that any player opens: the caller in the left ear, the model in the right. */
public final class StereoWav {
    private static final AudioFormat FORMAT = new AudioFormat(MuLaw.SAMPLE_RATE, 16, 2, true, false);

    private StereoWav() {}

    /**
     * Writes two μ-law tracks as an 8 kHz stereo WAV file of 16-bit PCM; the shorter ends in silence. The tracks are
     * only read, an existing file is replaced. Any thread that may block.
     */
    public static void write(Path file, byte[] leftMuLaw, byte[] rightMuLaw) throws IOException {
        int frames = Math.max(leftMuLaw.length, rightMuLaw.length);
        byte[] left = MuLaw.decode(padded(leftMuLaw, frames));
        byte[] right = MuLaw.decode(padded(rightMuLaw, frames));
        AudioInputStream sound =
                new AudioInputStream(new ByteArrayInputStream(interleaved(left, right)), FORMAT, frames);
        try (OutputStream out = Files.newOutputStream(file)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, out);
        }
    }

    private static byte[] padded(byte[] muLaw, int length) {
        byte[] padded = Arrays.copyOf(muLaw, length);
        Arrays.fill(padded, muLaw.length, length, MuLaw.SILENCE);
        return padded;
    }

    private static byte[] interleaved(byte[] left, byte[] right) {
        byte[] both = new byte[left.length + right.length];
        for (int i = 0; i < left.length; i += 2) {
            System.arraycopy(left, i, both, 2 * i, 2);
            System.arraycopy(right, i, both, 2 * i + 2, 2);
        }
        return both;
    }
}
