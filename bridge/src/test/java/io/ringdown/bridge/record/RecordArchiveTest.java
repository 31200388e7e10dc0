package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordArchiveTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

    @TempDir
    private Path home;

    private Path journal;
    private RecordArchive archive;

    @BeforeEach
    void open() throws IOException {
        journal = home.resolve("journal");
        archive = RecordArchive.open(journal);
    }

    private static byte[] document(String callSid, int number) {
        return ("{\"call_sid\":\"" + callSid + "\",\"counters\":{\"n\":" + number + "}}").getBytes(UTF_8);
    }

    @Test
    void shouldNotTakeAParameterForTheNameOfTheCall() throws IOException {
        archive.append(document("CA1", 1), TODAY);
        String other = "{\"call_sid\":\"CA2\",\"parameters\":{\"call_sid\":\"CA1\"},\"counters\":{\"n\":2}}";
        archive.append(other.getBytes(UTF_8), TODAY);
        assertThat(RecordArchive.find(journal, "CA1")).hasValue(new String(document("CA1", 1), UTF_8));
        assertThat(RecordArchive.find(journal, "CA2")).hasValue(other);
    }

    @Test
    void shouldNotMindALineThatWasCutBehindTwoBraces() throws IOException {
        String cut = "{\"call_sid\":\"CA1\",\"usage\":{\"transcription\":{}}";
        Files.writeString(file(TODAY), cut + "\n");
        assertThat(RecordArchive.find(journal, "CA1")).isEmpty();
        archive.append(document("CA1", 1), TODAY);
        assertThat(RecordArchive.find(journal, "CA1")).isPresent();
    }

    private Path file(LocalDate day) {
        return journal.resolve("records").resolve(day + ".jsonl");
    }

    @Test
    void shouldKeepALineForEachCallInAFileForEachDay() throws IOException {
        archive.append(document("CA1", 1), TODAY);
        archive.append(document("CA2", 2), TODAY);
        archive.append(document("CA3", 3), TODAY.plusDays(1));
        archive.append(document("CA4", 4), TODAY);
        assertThat(Files.readAllLines(file(TODAY))).hasSize(3);
        assertThat(Files.readAllLines(file(TODAY.plusDays(1)))).hasSize(1);
    }

    @Test
    void shouldLetNobodyElseRead() throws IOException {
        archive.append(document("CA1", 1), TODAY);
        assertThat(permissions(file(TODAY))).isEqualTo("rw-------");
        assertThat(permissions(file(TODAY).getParent())).isEqualTo("rwx------");
        assertThat(permissions(journal)).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldBeginOnALineOfItsOwnBehindOneThatWasCutShort() throws IOException {
        byte[] whole = document("CA1", 1);
        for (int cut = 1; cut < whole.length; cut++) {
            Files.deleteIfExists(file(TODAY));
            archive.append(document("CA0", 0), TODAY);
            String torn = new String(whole, 0, cut, UTF_8);
            Files.writeString(file(TODAY), torn, StandardOpenOption.APPEND);
            archive.append(document("CA2", 2), TODAY);
            assertThat(Files.readAllLines(file(TODAY)))
                    .containsExactly(
                            new String(document("CA0", 0), UTF_8), torn, new String(document("CA2", 2), UTF_8));
            assertThat(RecordArchive.find(journal, "CA1")).as(torn).isEmpty();
        }
    }

    @Test
    void shouldFindWhatStandsBesideALineThatWasCutWithinACharacter() throws IOException {
        archive.append(document("CA1", 1), TODAY.minusDays(1));
        byte[] half = {'{', '"', (byte) 0xD7};
        Files.write(file(TODAY), half);
        archive.append(document("CA2", 2), TODAY);
        assertThat(RecordArchive.find(journal, "CA1")).isPresent();
        assertThat(RecordArchive.find(journal, "CA2")).isPresent();
    }

    @Test
    void shouldBeginTheDayAnewWhenItsFileIsTakenAway() throws IOException {
        archive.append(document("CA1", 1), TODAY);
        Files.delete(file(TODAY));
        archive.append(document("CA2", 2), TODAY);
        Files.move(file(TODAY), home.resolve("rotated"));
        archive.append(document("CA3", 3), TODAY);
        assertThat(Files.readAllLines(home.resolve("rotated"))).hasSize(1);
        assertThat(file(TODAY)).hasContent(new String(document("CA3", 3), UTF_8));
    }

    @Test
    void shouldFindTheLatestOfACall() throws IOException {
        assertThat(RecordArchive.find(journal, "CA1")).isEmpty();
        archive.append(document("CA1", 1), TODAY.minusDays(1));
        archive.append(document("CA1", 2), TODAY);
        archive.append(document("CA1", 3), TODAY);
        archive.append(document("CA11", 4), TODAY);
        assertThat(RecordArchive.find(journal, "CA1"))
                .hasValueSatisfying(found -> assertThat(found).contains("\"n\":3"));
        assertThat(RecordArchive.find(home.resolve("elsewhere"), "CA1")).isEmpty();
    }

    @Test
    void shouldDeleteDaysThatAreTooOldAndNothingElse() throws IOException {
        archive.append(document("CA1", 1), TODAY.minusDays(31));
        archive.append(document("CA2", 2), TODAY.minusDays(30));
        archive.append(document("CA3", 3), TODAY);
        Path notes = Files.writeString(journal.resolve("records").resolve("notes.txt"), "mine");
        archive.removeBefore(TODAY.minusDays(30));
        assertThat(file(TODAY.minusDays(31))).doesNotExist();
        assertThat(file(TODAY.minusDays(30))).exists();
        assertThat(file(TODAY)).exists();
        assertThat(notes).exists();
    }
}
