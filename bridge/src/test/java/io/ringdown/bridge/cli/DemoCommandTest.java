package io.ringdown.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is wrong is said before any call is placed. */
class DemoCommandTest {
    private static final int CD_QUALITY_HZ = 44_100;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseARecordingThatIsNotThere() {
        refuses(folder.resolve("missing.wav"), "no such file");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        refuses(Files.createFile(folder.resolve("empty.wav")), "empty file");
    }

    @Test
    void shouldRefuseWhatIsNoRecording() throws IOException {
        refuses(Files.writeString(folder.resolve("text.wav"), "hello"), "not a WAV file");
    }

    @Test
    void shouldRefuseARecordingOfAnotherRate() throws IOException {
        refuses(Files.write(folder.resolve("cd.wav"), header(CD_QUALITY_HZ)), "sample rate must be 8000 Hz");
    }

    @Test
    void shouldRefuseAFolder() {
        refuses(folder, "cannot be read");
    }

    @Test
    void shouldRefuseToWriteIntoAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run("--out", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("ringdown: " + file);
    }

    @Test
    void shouldRefuseAnUnknownOption() {
        assertThat(run("--caller-video", "x")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private void refuses(Path file, String reason) {
        String out = folder.resolve("never").toString();
        assertThat(run("--caller-audio", file.toString(), "--out", out)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("ringdown: " + file)
                .contains(reason);
        assertThat(folder.resolve("never")).doesNotExist();
    }

    private int run(String... arguments) {
        return new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** 16-bit mono PCM of one sample. */
    private static byte[] header(int rateHz) {
        ByteBuffer wav = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(38);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(2 * rateHz);
        wav.putShort((short) 2).putShort((short) 16);
        return wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2).array();
    }
}
