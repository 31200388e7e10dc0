package io.ringdown.bridge.journal;

import io.ringdown.engine.journal.Journal;
import io.ringdown.engine.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal, and the thread that prepares its segments and deletes old ones. Closed after the lanes. */
public final class JournalThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ringdown.journal");
    private static final long EVERY_MS = 100;
    private static final long STOP_MS = 2_000;

    private final Journal journal;
    private final ScheduledExecutorService thread;

    private JournalThread(Journal journal) {
        this.journal = journal;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread worker = new Thread(task, "journal");
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * Opens the journal. Its thread works when {@link #start} is called, after every lane has asked for its own.
     *
     * @throws IOException naming {@code directory}, if nothing can be written there
     */
    public static JournalThread open(Path directory, JournalSettings settings, NanoClock clock) throws IOException {
        try {
            return new JournalThread(Journal.open(directory, settings, System::currentTimeMillis, clock::nanoTime));
        } catch (IOException e) {
            throw new IOException("journal_dir: " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::work, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** An error must not end the schedule: without segments, all that follows would be lost. */
    private void work() {
        try {
            journal.work();
        } catch (RuntimeException | Error e) {
            LOG.error("the journal failed and goes on", e);
        }
    }

    public Journal journal() {
        return journal;
    }

    /** Writes what is left. The lanes have stopped; a disk that takes nothing keeps nobody waiting. */
    @Override
    public void close() {
        thread.execute(journal::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the journal was not closed within {} ms", STOP_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
