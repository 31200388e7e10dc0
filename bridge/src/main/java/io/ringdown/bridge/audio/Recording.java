package io.ringdown.bridge.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * A recording as a telephone carries it.
 *
 * @param muLaw G.711 μ-law, 8 kHz mono, not copied: whoever holds the recording owns it
 */
public record Recording(byte[] muLaw) {
    /** What writes into a pipe cannot go back to its header, and leaves there the most a length can be. */
    private static final long UNKNOWN_BYTES = 0x7FFF_0000L;

    /**
     * Reads a WAV file of 8 kHz mono sound, in 16-bit PCM or μ-law. Any thread that may block.
     *
     * @throws IOException in one line naming the file and what is wrong with it
     */
    public static Recording read(Path file) throws IOException {
        return read(file, Recording::muLawOf);
    }

    /**
     * Reads a file of nothing but μ-law at 8 kHz, mono. Any thread that may block.
     *
     * @throws IOException in one line naming the file and what is wrong with it
     */
    public static Recording readHeaderless(Path file) throws IOException {
        return read(file, bytes -> {
            require(bytes.length > 0, "empty file");
            return bytes;
        });
    }

    private interface Contents {
        byte[] muLawOf(byte[] file) throws IOException, UnsupportedAudioFileException;
    }

    private static Recording read(Path file, Contents contents) throws IOException {
        try {
            return new Recording(contents.muLawOf(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (UnsupportedAudioFileException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    public int durationMs() {
        return muLaw.length / MuLaw.BYTES_PER_MS;
    }

    private static byte[] muLawOf(byte[] wav) throws IOException, UnsupportedAudioFileException {
        requireRiff(wav);
        try (AudioInputStream sound = open(wav)) {
            AudioFormat format = sound.getFormat();
            requireTelephone(format);
            byte[] bytes = sound.readAllBytes();
            requireWhole(sound, bytes.length / format.getFrameSize());
            return format.getEncoding().equals(Encoding.ULAW) ? bytes : MuLaw.encode(bytes);
        }
    }

    /** Java Sound would also open AIFF, AU and even play MIDI. */
    private static void requireRiff(byte[] wav) throws UnsupportedAudioFileException {
        require(wav.length > 0, "empty file");
        require(wav.length >= 4 && wav[0] == 'R' && wav[1] == 'I' && wav[2] == 'F' && wav[3] == 'F', "not a WAV file");
    }

    private static AudioInputStream open(byte[] wav) throws IOException, UnsupportedAudioFileException {
        try {
            return AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
        } catch (UnsupportedAudioFileException e) {
            throw refusal("not a WAV file, or its header is truncated or of an unknown encoding");
        }
    }

    private static void requireTelephone(AudioFormat format) throws UnsupportedAudioFileException {
        Encoding encoding = format.getEncoding();
        int bits = format.getSampleSizeInBits();
        boolean known =
                (encoding.equals(Encoding.ULAW) && bits == 8) || (encoding.equals(Encoding.PCM_SIGNED) && bits == 16);
        require(known, "encoding must be 16-bit PCM or 8-bit mu-law, is " + bits + "-bit " + encoding);
        require(
                format.getSampleRate() == MuLaw.SAMPLE_RATE,
                String.format(Locale.ROOT, "sample rate must be 8000 Hz, is %.0f Hz", format.getSampleRate()));
        require(format.getChannels() == 1, "must be mono, has " + format.getChannels() + " channels");
    }

    private static void requireWhole(AudioInputStream sound, int frames) throws UnsupportedAudioFileException {
        long promised = sound.getFrameLength();
        boolean promiseKnown = promised * sound.getFormat().getFrameSize() < UNKNOWN_BYTES;
        require(
                !promiseKnown || promised <= frames,
                "truncated: the header promises " + promised + " samples, the file holds " + frames);
        require(frames > 0, "no sound in it");
    }

    private static void require(boolean holds, String otherwise) throws UnsupportedAudioFileException {
        if (!holds) {
            throw refusal(otherwise);
        }
    }

    private static UnsupportedAudioFileException refusal(String reason) {
        return new UnsupportedAudioFileException(reason);
    }
}
