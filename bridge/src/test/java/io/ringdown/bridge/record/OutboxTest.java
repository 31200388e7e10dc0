package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    @TempDir
    private Path journal;

    private Outbox outbox;

    @BeforeEach
    void open() throws IOException {
        outbox = Outbox.open(journal, NOW);
    }

    private Path file(String id) {
        return journal.resolve("outbox").resolve(id + ".json");
    }

    private void putAt(String id, Instant when) throws IOException {
        outbox.put(id, id.getBytes(UTF_8));
        Files.setLastModifiedTime(file(id), FileTime.from(when));
    }

    @Test
    void shouldKeepWhatWasPutForTheNextProcess() throws IOException {
        outbox.put("a", "whole".getBytes(UTF_8));
        Outbox next = Outbox.open(journal, NOW);
        assertThat(next.ids()).containsExactly("a");
        assertThat(next.read("a")).asString(UTF_8).isEqualTo("whole");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("a"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldForgetWhatWasNotFinished() throws IOException {
        unfinishedAt(NOW.minus(Duration.ofMinutes(6)));
        Outbox next = Outbox.open(journal, NOW);
        assertThat(next.ids()).isEmpty();
        assertThat(journal.resolve("outbox")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void shouldLeaveWhatAnotherProcessMayBeWriting() throws IOException {
        Path unfinished = unfinishedAt(NOW.minus(Duration.ofMinutes(4)));
        Outbox next = Outbox.open(journal, NOW);
        assertThat(next.ids()).isEmpty();
        assertThat(unfinished).exists();
        next.removeBefore(NOW);
        assertThat(unfinished).as("not for ever").doesNotExist();
    }

    private Path unfinishedAt(Instant when) throws IOException {
        Path unfinished = Files.writeString(journal.resolve("outbox").resolve("a.tmp"), "ha");
        return Files.setLastModifiedTime(unfinished, FileTime.from(when));
    }

    @Test
    void shouldFindTheOthersWhenADocumentGoesWhileItLooks() throws IOException {
        outbox.put("a", new byte[1]);
        Files.createSymbolicLink(file("gone"), journal.resolve("nowhere"));
        assertThat(outbox.ids()).containsExactly("a");
        assertThat(outbox.removeBefore(Instant.MAX)).containsExactly("a");
    }

    @Test
    void shouldLeaveNothingBehindWhenItCannotBeWritten() throws IOException {
        Files.createDirectory(file("a"));
        Files.writeString(file("a").resolve("in the way"), "");
        assertThatThrownBy(() -> outbox.put("a", new byte[1])).isInstanceOf(IOException.class);
        assertThat(journal.resolve("outbox")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void shouldHaveTheOldestFirst() throws IOException {
        putAt("young", NOW);
        putAt("old", NOW.minusSeconds(60));
        assertThat(outbox.ids()).containsExactly("old", "young");
    }

    @Test
    void shouldSetAsideWhatTheReceiverWillNotHave() throws IOException {
        outbox.put("a", "no".getBytes(UTF_8));
        outbox.reject("a");
        assertThat(outbox.ids()).isEmpty();
        assertThat(journal.resolve("outbox/rejected/a.json")).hasContent("no");
        assertThatThrownBy(() -> outbox.read("a")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldNotMindThatAnotherProcessHasSetItAside() throws IOException {
        outbox.put("a", "no".getBytes(UTF_8));
        Outbox.open(journal, NOW).reject("a");
        outbox.reject("a");
        assertThat(journal.resolve("outbox/rejected/a.json")).hasContent("no");
    }

    @Test
    void shouldDeleteWhatIsTooOldAndSayWhatStillWaited() throws IOException {
        putAt("rejected", NOW.minusSeconds(61));
        outbox.reject("rejected");
        putAt("old", NOW.minusSeconds(61));
        putAt("young", NOW);
        assertThat(outbox.removeBefore(NOW.minusSeconds(60))).containsExactly("old");
        assertThat(outbox.ids()).containsExactly("young");
        assertThat(journal.resolve("outbox/rejected")).isEmptyDirectory();
    }

    @Test
    void shouldRemoveWhatWasDeliveredOnceOrTwice() throws IOException {
        outbox.put("a", new byte[1]);
        outbox.remove("a");
        outbox.remove("a");
        assertThat(outbox.ids()).isEmpty();
    }
}
