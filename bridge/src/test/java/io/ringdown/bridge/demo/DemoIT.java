package io.ringdown.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.cli.DemoCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldEndEveryCallAsExpected() {
        assertThat(run("--out", folder.resolve("made").toString()))
                .as(this::said)
                .isZero();
        assertThat(folder.resolve("made")).isDirectoryContaining("glob:**conversation.wav");
        assertThat(folder.resolve("made").toFile().list())
                .hasSize(Scenario.all().size());
        assertThat(out.toString())
                .contains("goodbye cancelled by the caller", "[MAYBE_HANGUP]", "now true: ", "[HANGUP] executed")
                .doesNotContain("\u001B", "NOT AS EXPECTED");
        assertThat(out.toString().lines().filter(line -> !line.contains(folder.toString())))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void shouldExitWithOneWhenACallCannotBeTold() throws IOException {
        Files.createDirectory(folder.resolve("hebrew.wav"));
        assertThat(run("--out", folder.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString()).containsOnlyOnce("FAILED: ").contains("d-not-empty.wav");
    }

    @Test
    void shouldSayWhatEndedOtherwiseThanExpected() throws Exception {
        Scenario late = named("b-late");
        Scenario wrong = new Scenario(
                late.name(),
                late.title(),
                late.model(),
                late.caller(),
                late.expected().via("watchdog"));
        assertThat(play(wrong)).isFalse();
        assertThat(out.toString()).contains("NOT AS EXPECTED, this does not hold: via=watchdog", "1 hangup (!)");
    }

    /** Two turns: the model answers the first and says goodbye to the second, however long the pause between them. */
    @Test
    void shouldTakeItsTurnsInAnyRecording() throws Exception {
        ByteArrayOutputStream recording = new ByteArrayOutputStream();
        recording.writeBytes(Speech.line("interruption").muLaw());
        recording.writeBytes(silence(4_500));
        recording.writeBytes(Speech.line("interruption").muLaw());
        Scenario scenario = Scenario.conversationWith(recording.toByteArray());
        assertThat(scenario.title()).contains("2 turns");
        assertThat(play(scenario)).as(this::said).isTrue();
        assertThat(out.toString()).contains("0 goodbyes cancelled");
    }

    @Test
    void shouldEndACallWhoseRecordingSaysNothing() throws Exception {
        assertThat(play(Scenario.conversationWith(silence(1_000))))
                .as(this::said)
                .isTrue();
    }

    private boolean play(Scenario scenario) throws InterruptedException {
        return new Demo(folder, List.of(scenario)).play(new PrintWriter(out, true), false);
    }

    private int run(String... arguments) {
        return new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
    }

    private String said() {
        return out + "\n" + err;
    }

    private static Scenario named(String name) {
        return Scenario.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] silence(int ms) {
        byte[] silence = new byte[ms * 8];
        Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }
}
