package io.ringdown.benchmarks;

import io.ringdown.engine.journal.Journal;
import io.ringdown.engine.journal.JournalSettings;
import io.ringdown.engine.journal.LaneJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A journal of one lane in a directory of its own, whose segments are prepared as in a server, only more often: time is short. */
final class TemporaryJournal implements AutoCloseable {
    private static final int SEGMENT_BYTES = 32 * 1_024 * 1_024;
    private static final JournalSettings SETTINGS =
            new JournalSettings(false, Duration.ofDays(1), 8L * SEGMENT_BYTES, SEGMENT_BYTES);

    private final Path directory;
    private final Journal journal;
    private final LaneJournal lane;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread worker = new Thread(task, "journal");
        worker.setDaemon(true);
        return worker;
    });

    TemporaryJournal() {
        try {
            directory = Files.createTempDirectory("journal");
            journal = Journal.open(directory, SETTINGS, System::currentTimeMillis, System::nanoTime);
            lane = journal.lane("lane-0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.scheduleWithFixedDelay(journal::work, 1, 5, TimeUnit.MILLISECONDS);
    }

    LaneJournal lane() {
        return lane;
    }

    /** An event that found no place is copied nowhere: what is faster than the disk is measured partly without it. */
    void check() {
        if (journal.eventsLost() > 0) {
            System.out.println("events that found no place: " + journal.eventsLost());
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
