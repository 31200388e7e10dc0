package io.ringdown.bridge.record;

import static io.ringdown.bridge.record.FakeReceiver.askingToWait;
import static io.ringdown.bridge.record.FakeReceiver.cutShort;
import static io.ringdown.bridge.record.FakeReceiver.silence;
import static io.ringdown.bridge.record.FakeReceiver.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallRecordsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T08:00:00Z"), ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** When a document was kept that no living process can want any more. */
    private static final Instant ABANDONED = CLOCK.instant().minus(LONG).minusSeconds(61);

    private static final String SECRET = "whsec";

    @TempDir
    private Path home;

    private Path journal;
    private FakeReceiver receiver;
    private final List<CallRecords> started = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        journal = home.resolve("journal");
        receiver = FakeReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        started.forEach(CallRecords::close);
    }

    private CallRecords records(Optional<URI> webhook, Duration patience) throws IOException {
        CallRecords records = CallRecords.start(
                journal,
                webhook.map(url -> new CallRecords.Receiver(url, Optional.of(SECRET))),
                Duration.ofDays(30),
                patience,
                false,
                CLOCK);
        started.add(records);
        return records;
    }

    private CallRecords archiving() throws IOException {
        return records(Optional.empty(), LONG);
    }

    private CallRecords posting() throws IOException {
        return records(Optional.of(receiver.url()), LONG);
    }

    private Path file() {
        return journal.resolve("records").resolve("2026-11-27.jsonl");
    }

    private List<String> lines() throws IOException {
        return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static void awaitCount(CallRecords records, RecordCounter counter, long count) {
        await().untilAsserted(() ->
                assertThat(records.counters().value(counter)).as(counter.name()).isEqualTo(count));
    }

    // calls that live

    private List<Path> live() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(journal.resolve("live"), Files::isDirectory)) {
            for (Path run : runs) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(run, "*.json")) {
                    files.forEach(documents::add);
                }
            }
        }
        return documents;
    }

    /** The folder of a process as a kill in the midst of {@code call} leaves it: whole, and not locked. */
    private Path killedDuring(CallRecords records, FinishedCall call) throws IOException {
        records.begun(Finished.begun(call));
        await().until(() -> live().size() == 1);
        Path document = live().get(0);
        Path dead = Files.createDirectory(journal.resolve("live").resolve("dead"));
        Path copy = Files.copy(document, dead.resolve(document.getFileName()));
        Files.setLastModifiedTime(copy, FileTime.from(CLOCK.instant()));
        Files.createFile(dead.resolve("lock"));
        return dead;
    }

    @Test
    void shouldRecordTheCallWhoseProcessDied() throws IOException {
        Path dead = killedDuring(archiving(), Finished.byTheCarrier("CA1"));

        CallRecords second = posting();
        awaitCount(second, RecordCounter.WRITTEN, 1);
        await().until(() -> Files.notExists(dead));
        JsonNode record = json(RecordArchive.find(journal, "CA1").orElseThrow());
        assertThat(record.at("/end/reason").asText()).isEqualTo("process_lost");
        assertThat(record.at("/end/by").asText()).isEqualTo("ringdown");
        assertThat(record.at("/caller").asText()).isEqualTo("+15550001");
        assertThat(record.at("/ended_at").isNull()).isTrue();
        assertThat(record.at("/duration_ms").isNull()).isTrue();
        assertThat(record.at("/responses").isArray()).isTrue();
        assertThat(record.at("/hangup").isNull()).isTrue();
        await().until(() -> receiver.deliveries().size() == 1);
        assertThat(json(receiver.deliveries().get(0).body())).isEqualTo(record);
        assertThat(live()).as("the one that lives keeps its own").hasSize(1);
    }

    /** A loss of power leaves names without contents; and what else lies there is nobody's. */
    @Test
    void shouldRecordOneCallThoughTheDocumentOfAnotherIsBroken() throws IOException {
        Path dead = killedDuring(archiving(), Finished.byTheCarrier("CA1"));
        Files.createFile(dead.resolve("0b5c0f5e.json"));
        Files.createFile(journal.resolve("live").resolve("a_file"));
        Files.createDirectory(journal.resolve("live").resolve("not_locked"));

        CallRecords second = posting();
        await().until(() -> Files.notExists(dead));
        assertThat(second.counters().value(RecordCounter.WRITTEN)).isEqualTo(1);
        assertThat(lines()).singleElement().asString().contains("CA1", "process_lost");
        await().until(() -> receiver.deliveries().size() == 1);
    }

    @Test
    void shouldKeepWhatItCannotWriteForLater() throws IOException {
        Path dead = killedDuring(archiving(), Finished.byTheCarrier("CA1"));
        Files.createDirectory(file()); // in its place

        CallRecords second = archiving();
        awaitCount(second, RecordCounter.WRITE_FAILED, 1);
        assertThat(dead.resolve("lock")).exists();
        assertThat(live()).hasSize(2);
    }

    @Test
    void shouldStartWhereCallsThatLiveCannotBeWrittenDown() throws IOException {
        Files.createDirectories(journal);
        Files.createFile(journal.resolve("live")); // in its place
        CallRecords records = archiving();
        FinishedCall call = Finished.byTheCarrier("CA1");
        records.begun(Finished.begun(call));
        records.over(call);
        awaitCount(records, RecordCounter.WRITTEN, 1);
    }

    @Test
    void shouldHaveOneRecordOfACallWhoseProcessDiedBehindItsEnd() throws IOException {
        FinishedCall call = Finished.byTheCarrier("CA1");
        CallRecords first = archiving();
        Path dead = killedDuring(first, call);
        first.over(call);
        awaitCount(first, RecordCounter.WRITTEN, 1);
        await().until(() -> live().size() == 1);

        archiving();
        await().until(() -> Files.notExists(dead));
        assertThat(lines()).singleElement().asString().contains("carrier_stop");
    }

    @Test
    void shouldLeaveTheRecordToWhoWaitsForTheCarriersAnswer() throws IOException {
        FinishedCall call = Finished.byUs("CA1");
        CallRecords first = archiving();
        Path dead = killedDuring(first, call);
        first.over(call);
        await().until(() -> live().size() == 1);

        archiving();
        await().until(() -> Files.notExists(dead));
        assertThat(lines()).isEmpty();
        first.hungUp(call.address(), Finished.confirmed());
        awaitCount(first, RecordCounter.WRITTEN, 1);
        assertThat(lines()).singleElement().asString().contains("bot_goodbye_bye_only");
    }

    @Test
    void shouldLeaveNothingOfCallsThatAreOver() throws IOException {
        FinishedCall call = Finished.byTheCarrier("CA1");
        CallRecords records = archiving();
        records.begun(Finished.begun(call));
        records.over(call);
        awaitCount(records, RecordCounter.WRITTEN, 1);
        await().until(() -> live().isEmpty());
        records.close();
        assertThat(journal.resolve("live")).isEmptyDirectory();
    }

    // what is written

    @Test
    void shouldWriteACallThatTheCarrierEndedAtOnce() throws IOException {
        CallRecords records = archiving();
        records.over(Finished.byTheCarrier("CA1"));
        awaitCount(records, RecordCounter.WRITTEN, 1);
        assertThat(lines()).hasSize(1);
        assertThat(RecordArchive.find(journal, "CA1")).isPresent();
    }

    @Test
    void shouldWaitForWhatBecameOfTheHangup() throws IOException {
        CallRecords records = archiving();
        FinishedCall ours = Finished.byUs("CA1");
        records.over(ours);
        records.over(Finished.byTheCarrier("CA2"));
        awaitCount(records, RecordCounter.WRITTEN, 1);
        assertThat(lines()).singleElement().asString().contains("CA2");
        records.hungUp(ours.address(), Finished.confirmed());
        awaitCount(records, RecordCounter.WRITTEN, 2);
        assertThat(json(lines().get(1)).at("/hangup/result").asText()).isEqualTo("completed");
    }

    @Test
    void shouldWriteAtOnceWhenTheHangupWasKnownBeforeTheCallWasOver() throws IOException {
        CallRecords records = archiving();
        FinishedCall ours = Finished.byUs("CA1");
        records.hungUp(ours.address(), Finished.confirmed());
        records.over(ours);
        awaitCount(records, RecordCounter.WRITTEN, 1);
        assertThat(json(lines().get(0)).at("/hangup/attempts")).hasSize(2);
    }

    @Test
    void shouldNotWaitForAHangupLongerThanItMayTake() throws IOException {
        CallRecords records = records(Optional.empty(), Duration.ofMillis(1));
        FinishedCall ours = Finished.byUs("CA1");
        records.over(ours);
        awaitCount(records, RecordCounter.WRITTEN, 1);
        records.hungUp(ours.address(), Finished.confirmed());
        records.over(Finished.byTheCarrier("CA2"));
        awaitCount(records, RecordCounter.WRITTEN, 2);
        assertThat(lines()).filteredOn(line -> line.contains("CA1")).hasSize(1);
        assertThat(json(lines().get(0)).at("/hangup/result").asText()).isEqualTo("unknown");
    }

    @Test
    void shouldTakeUpWhatWaitedForAnAnswerInAProcessThatDied() throws IOException {
        Path kept = leftBehind();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");

        CallRecords next = posting();
        awaitCount(next, RecordCounter.WRITTEN, 1);
        awaitCount(next, RecordCounter.DELIVERED, 1);
        await().until(() -> Files.notExists(kept));
        assertThat(lines()).singleElement().asString().contains("CA1");
        assertThat(json(lines().get(0)).at("/hangup/result").asText()).isEqualTo("unknown");
        assertThat(receiver.deliveries().get(0).body()).isEqualTo(lines().get(0));
    }

    @Test
    void shouldLeaveToAProcessThatDrainsWhatWaitsForAnAnswerThere() throws IOException {
        CallRecords draining = archiving();
        FinishedCall ours = Finished.byUs("CA1");
        draining.over(ours);
        putAt(awaitKept(), CLOCK.instant().minus(LONG));

        CallRecords next = archiving();
        next.over(Finished.byTheCarrier("CA2"));
        awaitCount(next, RecordCounter.WRITTEN, 1);
        assertThat(lines()).singleElement().asString().contains("CA2");
        draining.hungUp(ours.address(), Finished.confirmed());
        awaitCount(draining, RecordCounter.WRITTEN, 1);
        await().untilAsserted(() -> assertThat(journal.resolve("unanswered")).isEmptyDirectory());
        assertThat(json(lines().get(1)).at("/hangup/result").asText()).isEqualTo("completed");
    }

    @Test
    void shouldNotWriteAgainWhatTheProcessWroteBeforeItDied() throws IOException {
        Path kept = writtenAndLeftBehind();

        archiving();
        await().until(() -> Files.notExists(kept));
        assertThat(lines()).singleElement().asString().contains("completed");
    }

    @Test
    void shouldKeepWhatADeadProcessLeftUntilItCanBeWritten() throws IOException {
        Path kept = leftBehind();
        Path torn = Files.writeString(kept.resolveSibling("0.json"), "{\"ended_at\":"); // somebody's editor
        putAt(torn, ABANDONED.minusSeconds(1));
        refuseWrites();

        CallRecords next = archiving();
        awaitCount(next, RecordCounter.WRITE_FAILED, 1);
        next.close();
        assertThat(kept).exists();
        Files.delete(file());
        awaitCount(archiving(), RecordCounter.WRITTEN, 1);
    }

    @Test
    void shouldKeepWhatItCannotWriteItself() throws IOException {
        CallRecords records = archiving();
        FinishedCall ours = Finished.byUs("CA1");
        records.over(ours);
        Path kept = awaitKept();
        refuseWrites();
        records.hungUp(ours.address(), Finished.confirmed());
        awaitCount(records, RecordCounter.WRITE_FAILED, 1);
        records.close();
        assertThat(kept).exists();
    }

    /** One that the carrier ended waits for nothing, and so was nowhere else. */
    @Test
    void shouldWriteLaterWhatItCouldNotWrite() throws IOException {
        refuseWrites();
        CallRecords records = archiving();
        records.over(Finished.byTheCarrier("CA1"));
        Path kept = awaitKept();
        records.close();
        Files.delete(file());
        putAt(kept, ABANDONED);

        awaitCount(archiving(), RecordCounter.WRITTEN, 1);
        await().until(() -> Files.notExists(kept));
        assertThat(lines()).singleElement().asString().contains("CA1").doesNotContain("process_lost");
    }

    @Test
    void shouldPostOnceWhatADeadProcessLeftThoughTheDayCannotBeWritten() throws Exception {
        Path kept = leftBehind();
        refuseWrites();

        CallRecords next = posting();
        awaitCount(next, RecordCounter.DELIVERED, 1);
        await().until(() -> Files.notExists(kept)); // and so it is not found again
        assertThat(receiver.deliveries()).hasSize(1);
    }

    @Test
    void shouldPreferWhatTheDeadProcessHadPutIntoTheOutbox() throws Exception {
        Path kept = writtenAndLeftBehind();
        String whole = lines().get(0);
        Files.delete(file());
        Files.createDirectories(journal.resolve("outbox"));
        Files.writeString(journal.resolve("outbox").resolve(kept.getFileName()), whole);

        CallRecords next = posting();
        awaitCount(next, RecordCounter.WRITTEN, 1);
        awaitCount(next, RecordCounter.DELIVERED, 1);
        assertThat(lines()).containsExactly(whole);
        assertThat(receiver.deliveries().get(0).body()).isEqualTo(whole);
    }

    /** Of a process that died before the answer. */
    private Path leftBehind() throws IOException {
        archiving().over(Finished.byUs("CA1"));
        Path kept = awaitKept();
        putAt(kept, ABANDONED);
        return kept;
    }

    /** Of a process that died between the writing and the removal. */
    private Path writtenAndLeftBehind() throws IOException {
        CallRecords dead = archiving();
        FinishedCall ours = Finished.byUs("CA1");
        dead.over(ours);
        Path kept = awaitKept();
        byte[] document = Files.readAllBytes(kept);
        dead.hungUp(ours.address(), Finished.confirmed());
        await().until(() -> Files.notExists(kept));
        putAt(Files.write(kept, document), ABANDONED);
        return kept;
    }

    private Path awaitKept() {
        Path unanswered = journal.resolve("unanswered");
        await().untilAsserted(() -> assertThat(unanswered).isDirectoryContaining("glob:**.json"));
        try (Stream<Path> files = Files.list(unanswered)) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The day's file is one that is full. */
    private void refuseWrites() throws IOException {
        Files.createDirectories(file().getParent());
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
    }

    private static void putAt(Path kept, Instant when) throws IOException {
        Files.setLastModifiedTime(kept, FileTime.from(when));
    }

    @Test
    void shouldWriteWhatWaitsWhenItCloses() throws IOException {
        CallRecords records = archiving();
        records.over(Finished.byUs("CA1"));
        records.close();
        assertThat(lines()).singleElement().asString().contains("CA1");
        assertThat(journal.resolve("unanswered")).isEmptyDirectory();
    }

    @Test
    void shouldGoOnWhenTheDiskIsFull() throws IOException {
        refuseWrites();
        CallRecords records = posting();
        records.over(Finished.byTheCarrier("CA1"));
        records.over(Finished.byTheCarrier("CA2"));
        awaitCount(records, RecordCounter.WRITE_FAILED, 2);
        awaitCount(records, RecordCounter.DELIVERED, 2);
        Files.delete(file());
        records.over(Finished.byTheCarrier("CA3"));
        awaitCount(records, RecordCounter.WRITTEN, 1);
        assertThat(lines()).singleElement().asString().contains("CA3");
    }

    @Test
    void shouldCloseThoughTheDiskHangs() throws Exception {
        Files.createDirectories(file().getParent());
        new ProcessBuilder("mkfifo", file().toString()).start().waitFor(); // whoever opens it waits for a reader
        CallRecords records = archiving();
        records.over(Finished.byTheCarrier("CA1"));
        records.close();
        assertThat(records.counters().value(RecordCounter.WRITTEN)).isZero();
        Files.newInputStream(file()).close(); // lets its thread go
    }

    @Test
    void shouldSayWhichDirectoryCannotBeUsed() throws IOException {
        Files.writeString(journal, "a file in its place");
        assertThatThrownBy(this::archiving)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("journal_dir")
                .hasMessageContaining(journal.toString());
    }

    @Test
    void shouldDeleteWhatIsOlderThanTheRetention() throws IOException {
        Files.createDirectories(file().getParent());
        Path old = Files.writeString(journal.resolve("records/2026-10-01.jsonl"), "{}\n");
        archiving();
        await().until(() -> Files.notExists(old));
    }

    // what is posted

    @Test
    void shouldPostEachDocumentSignedAndOnce() throws Exception {
        CallRecords records = posting();
        records.over(Finished.byTheCarrier("CA1"));
        awaitCount(records, RecordCounter.DELIVERED, 1);
        await().until(() -> records.outboxSize() == 0);
        FakeReceiver.Delivery delivery = receiver.deliveries().get(0);
        assertThat(receiver.deliveries()).hasSize(1);
        assertThat(delivery.body()).isEqualTo(lines().get(0));
        assertThat(delivery.key()).isEqualTo(json(delivery.body()).path("id").asText());
        assertThat(delivery.signature()).isEqualTo("t=1795766400,v1=" + hmac("1795766400." + delivery.body()));
        assertThat(journal.resolve("outbox")).isDirectoryNotContaining("glob:**.json");
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }

    static Stream<FakeReceiver.Answer> passingTroubles() {
        return Stream.of(
                status(500),
                status(503),
                status(408),
                status(429),
                askingToWait(503, "1"),
                askingToWait(503, "soon"),
                cutShort());
    }

    @ParameterizedTest
    @MethodSource("passingTroubles")
    void shouldTryAgainWhatMayPass(FakeReceiver.Answer trouble) throws Exception {
        receiver.then(trouble);
        CallRecords records = posting();
        records.over(Finished.byTheCarrier("CA1"));
        awaitCount(records, RecordCounter.DELIVERED, 1);
        assertThat(records.counters().value(RecordCounter.RETRIED)).isEqualTo(1);
        assertThat(receiver.deliveries()).hasSize(2);
        assertThat(receiver.deliveries())
                .extracting(FakeReceiver.Delivery::key)
                .containsOnly(receiver.deliveries().get(0).key());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410, 301})
    void shouldSetAsideWhatTheReceiverWillNeverHave(int status) throws Exception {
        receiver.then(status(status));
        CallRecords records = posting();
        records.over(Finished.byTheCarrier("CA1"));
        awaitCount(records, RecordCounter.REJECTED, 1);
        await().untilAsserted(
                        () -> assertThat(journal.resolve("outbox/rejected")).isDirectoryContaining("glob:**.json"));
        records.over(Finished.byTheCarrier("CA2"));
        awaitCount(records, RecordCounter.DELIVERED, 1);
        assertThat(receiver.deliveries()).hasSize(2);
    }

    @Test
    void shouldDeliverAfterARestartWhatWasNotTakenBefore() throws Exception {
        int port = receiver.port();
        URI url = receiver.url();
        receiver.close();
        CallRecords first = records(Optional.of(url), LONG);
        IntStream.range(0, 10).forEach(i -> first.over(Finished.byTheCarrier("CA" + i)));
        awaitCount(first, RecordCounter.WRITTEN, 10);
        assertThat(first.outboxSize()).isEqualTo(10);
        first.close();

        receiver = FakeReceiver.startOn(port);
        CallRecords second = records(Optional.of(url), LONG);
        awaitCount(second, RecordCounter.DELIVERED, 10);
        assertThat(receiver.deliveries())
                .extracting(FakeReceiver.Delivery::body)
                .containsExactlyInAnyOrderElementsOf(lines());
    }

    @Test
    void shouldGoOnWritingWhileTheReceiverIsSilent() throws Exception {
        receiver.then(silence(), silence(), silence(), silence(), silence());
        CallRecords records = posting();
        IntStream.range(0, 10).forEach(i -> records.over(Finished.byTheCarrier("CA" + i)));
        awaitCount(records, RecordCounter.WRITTEN, 10);
        assertThat(receiver.deliveries()).hasSizeLessThanOrEqualTo(DeliveryPlan.AT_ONCE);
        assertThat(records.outboxSize()).isEqualTo(10);
    }

    @Test
    void shouldFinishWhatIsUnderWayBeforeItCloses() throws Exception {
        CallRecords records = posting();
        IntStream.range(0, 50).forEach(i -> records.over(Finished.byTheCarrier("CA" + i)));
        records.close();
        assertThat(receiver.deliveries()).hasSize(50);
    }

    @Test
    void shouldGoOnWithoutADocumentThatSomebodyTookOut() throws Exception {
        receiver.then(exchange -> {
            takeOutAll();
            status(500).to(exchange);
        });
        CallRecords records = posting();
        records.over(Finished.byTheCarrier("CA1"));
        awaitCount(records, RecordCounter.RETRIED, 1);
        await().until(() -> records.outboxSize() == 0);
        assertThat(receiver.deliveries()).hasSize(1);
    }

    private void takeOutAll() throws IOException {
        try (Stream<Path> waiting = Files.list(journal.resolve("outbox"))) {
            for (Path path : waiting.filter(Files::isRegularFile).toList()) {
                Files.delete(path);
            }
        }
    }
}
