package io.ringdown.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final byte[] SAMPLES = MuLawTest.bytes(new short[1600]);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("caller.wav");
    }

    @Test
    void shouldReadMuLawAsItIs() throws IOException {
        Files.write(file, WavBytes.muLaw(MuLawTest.allCodes()).bytes());

        assertThat(Recording.read(file).muLaw()).isEqualTo(MuLawTest.allCodes());
    }

    @Test
    void shouldEncodePcm16() throws IOException {
        byte[] samples = MuLawTest.bytes((short) 0, (short) 32767, (short) -32768);
        Files.write(file, WavBytes.pcm16(samples).bytes());

        assertThat(Recording.read(file).muLaw()).containsExactly(0xFF, 0x80, 0x00);
    }

    @Test
    void shouldKnowItsDuration() throws IOException {
        Files.write(file, WavBytes.pcm16(SAMPLES).bytes());

        assertThat(Recording.read(file).durationMs()).isEqualTo(200);
    }

    @Test
    void shouldSkipWhatStandsBetweenHeaderAndSound() throws IOException {
        byte[] plain = WavBytes.muLaw(MuLawTest.allCodes()).bytes();
        byte[] note = "LIST\4\0\0\0note".getBytes(StandardCharsets.US_ASCII);
        byte[] withNote = Arrays.copyOf(plain, plain.length + note.length);
        System.arraycopy(note, 0, withNote, 36, note.length);
        System.arraycopy(plain, 36, withNote, 36 + note.length, plain.length - 36);
        Files.write(file, withNote);

        assertThat(Recording.read(file).muLaw()).isEqualTo(MuLawTest.allCodes());
    }

    @Test
    void shouldReadToTheEndWhenAPipedWriterCouldNotKnowTheLength() throws IOException {
        Files.write(file, WavBytes.pcm16(SAMPLES).bytes(-1));

        assertThat(Recording.read(file).durationMs()).isEqualTo(200);

        Files.write(file, WavBytes.muLaw(MuLawTest.allCodes()).bytes(-1));
        assertThat(Recording.read(file).muLaw()).isEqualTo(MuLawTest.allCodes());
    }

    @Test
    void shouldRefuseAMissingFile() {
        assertRefused("no such file");
    }

    @Test
    void shouldRefuseADirectory() throws IOException {
        Files.createDirectory(file);

        assertRefused("cannot be read: Is a directory");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        assertRefused(new byte[0], "empty file");
    }

    @Test
    void shouldRefuseText() throws IOException {
        assertRefused("hello, this is not a sound\n".getBytes(StandardCharsets.UTF_8), "not a WAV file");
    }

    @Test
    void shouldRefuseAnotherSoundFile() throws IOException {
        byte[] au = {'.', 's', 'n', 'd', 0, 0, 0, 24, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0x1F, 0x40, 0, 0, 0, 1, (byte) 0xFF
        };
        assertRefused(au, "not a WAV file");
    }

    @Test
    void shouldRefuseEveryTruncatedHeader() throws IOException {
        byte[] whole = WavBytes.pcm16(SAMPLES).bytes();
        for (int length = 4; length < WavBytes.HEADER_BYTES; length++) {
            assertRefused(
                    Arrays.copyOf(whole, length),
                    "not a WAV file, or its header is truncated or of an unknown encoding");
        }
    }

    @Test
    void shouldRefuseTruncatedSound() throws IOException {
        byte[] whole = WavBytes.pcm16(SAMPLES).bytes();
        assertRefused(
                Arrays.copyOf(whole, WavBytes.HEADER_BYTES + 101),
                "truncated: the header promises 1600 samples, the file holds 50");
        assertRefused(
                Arrays.copyOf(whole, WavBytes.HEADER_BYTES),
                "truncated: the header promises 1600 samples, the file holds 0");
    }

    @Test
    void shouldRefuseAHeaderWithoutSound() throws IOException {
        assertRefused(WavBytes.pcm16(new byte[0]).bytes(), "no sound in it");
        assertRefused(WavBytes.pcm16(new byte[0]).bytes(-1), "no sound in it");
    }

    @Test
    void shouldRefuseAnotherSampleRate() throws IOException {
        assertRefused(
                new WavBytes(WavBytes.PCM, 1, 44100, 16, SAMPLES).bytes(), "sample rate must be 8000 Hz, is 44100 Hz");
    }

    @Test
    void shouldRefuseStereo() throws IOException {
        assertRefused(new WavBytes(WavBytes.PCM, 2, 8000, 16, SAMPLES).bytes(), "must be mono, has 2 channels");
    }

    @Test
    void shouldRefuseOtherEncodings() throws IOException {
        String rule = "encoding must be 16-bit PCM or 8-bit mu-law, is ";
        assertRefused(new WavBytes(WavBytes.PCM, 1, 8000, 24, SAMPLES).bytes(), rule + "24-bit PCM_SIGNED");
        assertRefused(new WavBytes(WavBytes.PCM, 1, 8000, 8, SAMPLES).bytes(), rule + "8-bit PCM_UNSIGNED");
        assertRefused(new WavBytes(WavBytes.A_LAW, 1, 8000, 8, SAMPLES).bytes(), rule + "8-bit ALAW");
        assertRefused(new WavBytes(WavBytes.MU_LAW, 1, 8000, 16, SAMPLES).bytes(), rule + "16-bit ULAW");
        assertRefused(new WavBytes(WavBytes.FLOAT, 1, 8000, 32, SAMPLES).bytes(), rule + "32-bit PCM_FLOAT");
    }

    @Test
    void shouldReadOrRefuseWhateverStandsInAnyByteOfTheHeader() throws IOException {
        byte[] wav = WavBytes.pcm16(Arrays.copyOf(SAMPLES, 16)).bytes();
        for (int at = 0; at < WavBytes.HEADER_BYTES; at++) {
            byte original = wav[at];
            for (int lie = 0; lie < 256; lie += 5) {
                wav[at] = (byte) lie;
                Files.write(file, wav);
                readOrRefuse();
            }
            wav[at] = original;
        }
    }

    private void readOrRefuse() {
        try {
            assertThat(Recording.read(file).muLaw()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith(file + ": ").hasMessageNotContainingAny("null", "\n");
        }
    }

    private void assertRefused(byte[] content, String reason) throws IOException {
        Files.write(file, content);
        assertRefused(reason);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": " + reason);
    }
}
