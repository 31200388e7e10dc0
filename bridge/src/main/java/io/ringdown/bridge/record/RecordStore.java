package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where documents go that are as complete as they will be: into the file of their day, and to the webhook. One thread. */
final class RecordStore {
    private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

    private final RecordArchive archive;
    private final Optional<Courier> courier;
    private final RecordCounters counters;
    private final Complaint unwritable = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    private RecordStore(RecordArchive archive, Optional<Courier> courier, RecordCounters counters) {
        this.archive = archive;
        this.courier = courier;
        this.counters = counters;
    }

    /**
     * @param courier empty: records are only written
     * @throws IOException when the directory cannot be made
     */
    static RecordStore open(Path journalDir, Optional<Courier> courier, RecordCounters counters) throws IOException {
        return new RecordStore(RecordArchive.open(journalDir), courier, counters);
    }

    /**
     * First into the outbox: what the process dies over is delivered, and at worst missing among the files of the day. False
     * when it is in neither.
     */
    boolean write(String id, byte[] document, Instant endedAt) {
        boolean sent = courier.map(its -> its.take(id, document)).orElse(false);
        boolean archived = archive(document, endedAt);
        return sent || archived;
    }

    /** Writes what a dead process left. What it had put into the outbox it knew better. */
    boolean inherit(String id, byte[] document, Instant endedAt) {
        return write(id, courier.flatMap(its -> its.find(id)).orElse(document), endedAt);
    }

    private boolean archive(byte[] document, Instant endedAt) {
        try {
            archive.append(document, day(endedAt));
            counters.count(RecordCounter.WRITTEN);
            unwritable.settled("call records can be written again");
            return true;
        } catch (IOException e) {
            counters.count(RecordCounter.WRITE_FAILED);
            unwritable.about("call records cannot be written: " + e);
            return false;
        }
    }

    /** Which of {@code ids} were written, by whom ever, from a day before {@code first} to {@code last}: clocks are set. */
    Set<String> written(Set<String> ids, Instant first, Instant last) throws IOException {
        Set<String> written = new HashSet<>();
        LocalDate from = first.isAfter(last) ? day(last) : day(first);
        for (LocalDate day = from.minusDays(1); !day.isAfter(day(last)); day = day.plusDays(1)) {
            written.addAll(archive.known(ids, day));
        }
        return written;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Has the webhook told what other processes did not deliver. */
    void takeUp() {
        try {
            if (courier.isPresent()) {
                courier.get().takeUp();
            }
            unreadable.settled("webhook: the outbox can be read again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("webhook: the outbox cannot be read, what other processes left is not sent: " + e);
        }
    }

    void removeBefore(Instant first) throws IOException {
        archive.removeBefore(day(first));
        if (courier.isPresent()) {
            courier.get().removeBefore(first);
        }
    }

    /** Documents the webhook has yet to take. Any thread. */
    int waiting() {
        return courier.map(Courier::waiting).orElse(0);
    }

    /** Whether nothing is on its way to the webhook. */
    boolean isQuiet() {
        return courier.map(Courier::isQuiet).orElse(true);
    }
}
