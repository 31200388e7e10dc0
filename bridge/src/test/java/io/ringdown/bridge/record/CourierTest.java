package io.ringdown.bridge.record;

import static io.ringdown.bridge.record.FakeReceiver.silence;
import static io.ringdown.bridge.record.FakeReceiver.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of two processes that share an outbox. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CourierTest {
    @TempDir
    private Path journal;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final RecordCounters counters = new RecordCounters();
    private FakeReceiver receiver;
    private Outbox others;
    private Courier courier;

    @BeforeEach
    void start() throws IOException {
        receiver = FakeReceiver.start();
        others = Outbox.open(journal, Instant.now());
        courier = new Courier(
                Outbox.open(journal, Instant.now()),
                new Webhook(receiver.url(), Optional.empty(), Clock.systemUTC()),
                counters,
                worker);
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
        receiver.close();
    }

    private <T> void onItsThread(Callable<T> task) throws Exception {
        worker.submit(task).get();
    }

    private void looks() throws Exception {
        onItsThread(() -> {
            courier.takeUp();
            return null;
        });
    }

    private void awaitCount(RecordCounter counter) {
        await().until(() -> counters.value(counter) == 1);
    }

    @Test
    void shouldDeliverWhatTheOtherProcessPutsAndLeaves() throws Exception {
        looks();
        others.put("left", "{}".getBytes(UTF_8));
        looks();
        awaitCount(RecordCounter.DELIVERED);
        assertThat(receiver.deliveries()).extracting(FakeReceiver.Delivery::key).containsExactly("left");
        await().until(() -> others.ids().isEmpty());
    }

    @Test
    void shouldNotTakeUpWhatItSendsItself() throws Exception {
        receiver.then(silence());
        onItsThread(() -> courier.take("own", "{}".getBytes(UTF_8)));
        looks();
        assertThat(courier.waiting()).isEqualTo(1);
    }

    @Test
    void shouldNotSendAgainAndAgainWhatCannotBeTakenOut() throws Exception {
        receiver.then(status(400));
        Path inTheWay = Files.createDirectories(journal.resolve("outbox/rejected/a.json"));
        Files.writeString(inTheWay.resolve("file"), "");
        onItsThread(() -> courier.take("a", "{}".getBytes(UTF_8)));
        awaitCount(RecordCounter.REJECTED);
        looks();
        assertThat(courier.waiting()).isZero();
        assertThat(others.ids()).containsExactly("a");
    }
}
