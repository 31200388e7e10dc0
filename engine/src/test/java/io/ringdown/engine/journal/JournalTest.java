package io.ringdown.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.call.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, what of it can be read, and what becomes of it. */
class JournalTest {
    private static final int SEGMENT_BYTES = 256 * 1_024;
    private static final Duration KEPT_FOR = Duration.ofDays(2);

    @TempDir
    Path directory;

    private long nowMs = System.currentTimeMillis();
    private long nowNs = -7;
    private Journal journal;
    private LaneJournal lane;

    @BeforeEach
    void open() throws IOException {
        open(new JournalSettings(false, KEPT_FOR, Long.MAX_VALUE, SEGMENT_BYTES));
    }

    private void open(JournalSettings settings) throws IOException {
        close();
        nowMs++; // two journals of a process never begin at the same time
        journal = Journal.open(directory, settings, () -> nowMs, () -> nowNs);
        lane = journal.lane("lane-0");
    }

    private void pass(long ms) {
        nowMs += ms;
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @AfterEach
    void close() {
        if (journal != null) {
            journal.close();
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
            return files.sorted().toList();
        }
    }

    /** More than a segment holds, in sentences of about a kilobyte. */
    private void talkPastASegment(JournalledCall call) {
        for (int i = 0; i < SEGMENT_BYTES / 1_100; i++) {
            call.callerAudio();
            call.modelSays("r" + i, "well ".repeat(200));
        }
    }

    // what is written

    @Test
    void shouldTellEveryEventInOrder() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        call.callerAudio();
        call.callerAudio();
        call.modelSays("r1", "שלום, how are you?");
        call.happens(event -> event.callerTranscribed("item", null));
        call.ends();
        Noted noted = Noted.in(directory);
        assertThat(noted.events())
                .containsExactly(
                        EventType.CALL_STARTED,
                        EventType.MODEL_CONNECTED,
                        EventType.SESSION_CONFIRMED,
                        EventType.CALLER_AUDIO,
                        EventType.CALLER_AUDIO,
                        EventType.RESPONSE_CREATED,
                        EventType.AUDIO_DELTA,
                        EventType.AUDIO_DONE,
                        EventType.TRANSCRIPT_DONE,
                        EventType.CALLER_TRANSCRIBED,
                        EventType.CARRIER_STOPPED);
        assertThat(noted.lines())
                .anyMatch(line -> line.endsWith("שלום, how are you?"))
                .anyMatch(line -> line.contains("bytes=2000"));
        assertThat(noted.damages).isEmpty();
    }

    @Test
    void shouldShowNoMoreThanWholeTurnsBesideTheWriter() throws IOException {
        JournalledCall call = new JournalledCall(lane);
        assertThat(Noted.in(directory).entries).isEmpty();
        call.started("CA1");
        assertThat(Noted.in(directory).events()).hasSize(3);
    }

    @Test
    void shouldKeepACallTogetherThatIsWrittenInSeveralSegments() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        journal.work();
        talkPastASegment(call);
        journal.work();
        talkPastASegment(call);
        call.ends();
        assertThat(segments()).hasSizeGreaterThan(2);
        assertThat(journal.eventsLost()).isZero();
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.complete()).isEqualTo(1);
    }

    @Test
    void shouldTellCallsApartWhoseAudioComesInTurns() throws IOException {
        JournalledCall one = new JournalledCall(lane).started("CA1");
        JournalledCall other = new JournalledCall(lane).started("CA2");
        for (int i = 0; i < 5; i++) {
            one.callerAudio();
            other.modelSays("r" + i, "well");
            other.callerAudio();
            one.modelSays("r" + i, "well");
        }
        one.ends();
        other.ends();
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.complete()).isEqualTo(2);
    }

    @Test
    void shouldCutWordsThatWouldGrowUs() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        call.modelSays("r1", "א".repeat(100_000) + " goodbye.");
        call.happens(event -> event.failed(EventType.MODEL_LOST, "x".repeat(1_000_000)));
        call.ends();
        assertThat(Replay.of(directory).differences()).isEmpty();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("segments"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(segments().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveOutTheWordsWhenToldTo() throws IOException {
        open(new JournalSettings(true, KEPT_FOR, Long.MAX_VALUE, SEGMENT_BYTES));
        JournalledCall call = new JournalledCall(lane).started("CA1");
        call.modelSays("r1", "the secret is out. goodbye!");
        call.happens(event -> event.callerTranscribed("item", "the secret, really?"));
        call.happens(event -> event.digitPressed("7"));
        call.ends();
        assertThat(Noted.in(directory).lines()).noneMatch(line -> line.contains("secret"));
        assertThat(Files.readString(segments().get(0), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
        assertThat(Replay.of(directory).differences()).isEmpty();
    }

    @Test
    void shouldGiveBackWhatIsNotUsed() throws IOException {
        new JournalledCall(lane).started("CA1").ends();
        journal.work();
        assertThat(segments()).hasSize(2);
        journal.close();
        assertThat(segments()).hasSize(1);
        assertThat(Files.size(segments().get(0))).isLessThan(64 * 1_024);
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    // what is broken

    @Test
    void shouldReadWhatWasWholeWhereverTheFileIsCut() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        call.callerAudio();
        call.modelSays("r1", "hello");
        call.ends();
        journal.close();
        Path segment = segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        List<String> lines = Noted.in(directory).lines();
        int before = lines.size();
        for (int length = whole.length - 1; length >= 0; length -= isInRecords(length, whole) ? 1 : 16) {
            Files.write(segment, Arrays.copyOf(whole, length));
            List<String> left = Noted.in(directory).lines();
            assertThat(left).as("cut at " + length).isEqualTo(lines.subList(0, left.size()));
            assertThat(left.size()).isLessThanOrEqualTo(before);
            before = left.size();
            assertThat(Replay.of(directory).differences())
                    .as("cut at " + length)
                    .isEmpty();
        }
    }

    /** Before them are the header and the settings, which are longer. */
    private static boolean isInRecords(int at, byte[] segment) {
        return at > segment.length - 700;
    }

    @Test
    void shouldReadWhatWasWholeWhicheverByteIsWrong() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        call.modelSays("r1", "hello");
        journal.close();
        Path segment = segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        List<String> lines = Noted.in(directory).lines();
        for (int at = 0; at < whole.length; at += isInRecords(at, whole) ? 1 : 16) {
            byte[] wrong = whole.clone();
            wrong[at] ^= 0x55;
            Files.write(segment, wrong);
            Noted noted = Noted.in(directory);
            List<String> left = noted.lines();
            assertThat(left).as("byte " + at).isEqualTo(lines.subList(0, left.size()));
            assertThat(Replay.of(directory).differences()).as("byte " + at).isEmpty();
        }
    }

    @Test
    void shouldNotTakeWhatFollowsAHoleForTheSameCall() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        journal.work();
        talkPastASegment(call);
        journal.work();
        talkPastASegment(call);
        call.ends();
        new JournalledCall(lane).started("CA2").ends();
        journal.close();
        Files.delete(segments().get(1));
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.partial()).isEqualTo(1);
        assertThat(report.complete()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreFilesThatAreNotItsOwn() throws IOException {
        Files.writeString(directory.resolve("segments/notes.txt"), "hello");
        Files.write(directory.resolve("segments/1-2-lane-0-00000001.segment"), new byte[0]);
        Files.write(directory.resolve("segments/1-2-lane-0-00000002.segment"), new byte[100_000]);
        new JournalledCall(lane).started("CA1").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    // what finds no place

    @Test
    void shouldCountWhatItLosesAndGoOn() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        talkPastASegment(call);
        talkPastASegment(call);
        assertThat(journal.eventsLost()).isPositive();
        journal.work();
        call.ends();
        new JournalledCall(lane).started("CA2").ends();
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.partial()).as("the call that lost something").isEqualTo(1);
        assertThat(report.complete()).as("the one after it").isEqualTo(1);
    }

    @Test
    void shouldGoOnWhenTheDiskTakesSomethingAgain() throws IOException {
        journal.work();
        Path segments = directory.resolve("segments");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(segments, elsewhere);
        JournalledCall call = new JournalledCall(lane).started("CA1");
        talkPastASegment(call);
        talkPastASegment(call);
        talkPastASegment(call);
        journal.work();
        assertThat(journal.failures()).isPositive();
        assertThat(journal.eventsLost()).isPositive();
        Files.move(elsewhere, segments);
        pass(1_000);
        journal.work();
        new JournalledCall(lane).started("CA2").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    @Test
    void shouldGoOnThoughTheWallClockIsSetBackMeanwhile() throws IOException {
        journal.close();
        Path segments = directory.resolve("segments");
        Files.move(segments, directory.resolve("elsewhere"));
        lane = journal.lane("lane-1");
        Files.createDirectory(segments);
        pass(1_000);
        nowMs -= TimeUnit.HOURS.toMillis(1);
        journal.work();
        new JournalledCall(lane).started("CA1").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    @Test
    void shouldBeginWhereTheDiskHasNoRoomYet() throws IOException {
        journal.close();
        Path segments = directory.resolve("segments");
        Files.move(segments, directory.resolve("elsewhere"));
        lane = journal.lane("lane-1");
        new JournalledCall(lane).started("CA1").ends();
        assertThat(journal.eventsLost()).isEqualTo(5);
        Files.createDirectory(segments);
        pass(1_000);
        journal.work();
        new JournalledCall(lane).started("CA2").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    @Test
    void shouldSurviveAFileThatIsCutUnderItsHands() throws IOException {
        JournalledCall call = new JournalledCall(lane).started("CA1");
        journal.work();
        Files.write(segments().get(0), new byte[0]);
        journal.work();
        call.callerAudio();
        assertThat(journal.failures()).isEqualTo(1);
        new JournalledCall(lane).started("CA2").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    // what is deleted

    private Map<String, Long> sizes() throws IOException {
        return segments().stream()
                .collect(Collectors.toMap(
                        path -> path.getFileName().toString(),
                        path -> path.toFile().length()));
    }

    @Test
    void shouldDeleteWhatIsPastItsTime() throws IOException {
        new JournalledCall(lane).started("CA1").ends();
        open();
        Path old = segments().get(0);
        Files.setLastModifiedTime(old, FileTime.fromMillis(nowMs - KEPT_FOR.toMillis() - 1));
        pass(TimeUnit.HOURS.toMillis(1));
        journal.work();
        assertThat(old).doesNotExist();
        assertThat(segments()).isNotEmpty();
    }

    @Test
    void shouldBeginAnotherSegmentBeforeTheFirstIsPastItsTime() throws IOException {
        new JournalledCall(lane).started("CA1").ends();
        journal.work();
        pass(KEPT_FOR.toMillis() / 2);
        journal.work();
        new JournalledCall(lane).started("CA2").ends();
        journal.work();
        assertThat(segments()).hasSize(3);
        assertThat(Replay.of(directory).complete()).isEqualTo(2);
    }

    @Test
    void shouldDeleteWhatALaneWroteLongAgoAlthoughItHasWrittenNothingSince() throws IOException {
        new JournalledCall(lane).started("CA1").ends();
        journal.work();
        Path idle = segments().get(0);
        pass(KEPT_FOR.toMillis() / 2);
        journal.work();
        assertThat(idle).exists();
        pass(KEPT_FOR.toMillis());
        journal.work();
        assertThat(idle).doesNotExist();
        journal.work();
        new JournalledCall(lane).started("CA2").ends();
        journal.work();
        assertThat(journal.failures()).isZero();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }

    @Test
    void shouldDeleteTheOldestWhenThereIsTooMuch() throws IOException {
        open(new JournalSettings(false, KEPT_FOR, 3L * SEGMENT_BYTES, SEGMENT_BYTES));
        JournalledCall call = new JournalledCall(lane).started("CA1");
        String first = segments().get(0).getFileName().toString();
        for (int i = 0; i < 8; i++) {
            talkPastASegment(call);
            journal.work();
        }
        assertThat(sizes()).doesNotContainKey(first);
        assertThat(sizes().values().stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(3L * SEGMENT_BYTES);
        new JournalledCall(lane).started("CA2").ends();
        assertThat(Replay.of(directory).complete()).isEqualTo(1);
    }
}
