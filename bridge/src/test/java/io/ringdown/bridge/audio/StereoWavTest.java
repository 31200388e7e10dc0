package io.ringdown.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StereoWavTest {
    private static final byte LOUD = (byte) 0x80;
    private static final byte LOUD_NEGATIVE = 0x00;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("call.wav");
    }

    @Test
    void shouldPutTheCallerLeftAndTheModelRight() throws Exception {
        StereoWav.write(file, new byte[] {LOUD, LOUD}, new byte[] {LOUD_NEGATIVE, LOUD_NEGATIVE});

        assertThat(samples()).containsExactly(32124, -32124, 32124, -32124);
    }

    @Test
    void shouldEndTheShorterTrackInSilence() throws Exception {
        StereoWav.write(file, new byte[] {LOUD}, new byte[] {LOUD, LOUD, LOUD});
        assertThat(samples()).containsExactly(32124, 32124, 0, 32124, 0, 32124);

        StereoWav.write(file, new byte[] {LOUD, LOUD}, new byte[0]);
        assertThat(samples()).containsExactly(32124, 0, 32124, 0);
    }

    @Test
    void shouldWriteAHeaderThatTellsTheTruth() throws Exception {
        StereoWav.write(file, new byte[8000], new byte[8000]);

        AudioFormat format = AudioSystem.getAudioFileFormat(file.toFile()).getFormat();
        assertThat(format.toString()).startsWith("PCM_SIGNED 8000.0 Hz, 16 bit, stereo");
        assertThat(AudioSystem.getAudioFileFormat(file.toFile()).getFrameLength())
                .isEqualTo(8000);
        assertThat(Files.size(file)).isEqualTo(44 + 8000 * 4);
    }

    @Test
    void shouldKeepEveryCodeApartFromTheOtherTrack() throws Exception {
        byte[] codes = MuLawTest.allCodes();
        byte[] reversed = new byte[256];
        for (int i = 0; i < 256; i++) {
            reversed[i] = codes[255 - i];
        }
        StereoWav.write(file, codes, reversed);

        byte[] bothTracks = MuLaw.encode(pcm());
        for (int i = 0; i < 256; i++) {
            assertThat(zeroIsZero(bothTracks[2 * i])).isEqualTo(zeroIsZero(codes[i]));
            assertThat(zeroIsZero(bothTracks[2 * i + 1])).isEqualTo(zeroIsZero(reversed[i]));
        }
    }

    @Test
    void shouldWriteACallInWhichNobodySpoke() throws Exception {
        StereoWav.write(file, new byte[0], new byte[0]);

        assertThat(samples()).isEmpty();
    }

    @Test
    void shouldReplaceALongerFile() throws Exception {
        StereoWav.write(file, new byte[800], new byte[800]);
        StereoWav.write(file, new byte[8], new byte[8]);

        assertThat(Files.size(file)).isEqualTo(44 + 8 * 4);
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        Path nowhere = directory.resolve("missing").resolve("call.wav");

        assertThatThrownBy(() -> StereoWav.write(nowhere, new byte[8], new byte[8]))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(nowhere.toString());
    }

    private static byte zeroIsZero(byte code) {
        return code == 0x7F ? MuLaw.SILENCE : code;
    }

    private int[] samples() throws Exception {
        short[] shorts = MuLawTest.shorts(pcm());
        int[] samples = new int[shorts.length];
        for (int i = 0; i < shorts.length; i++) {
            samples[i] = shorts[i];
        }
        return samples;
    }

    private byte[] pcm() throws Exception {
        byte[] wav = Files.readAllBytes(file);
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            return in.readAllBytes();
        }
    }
}
