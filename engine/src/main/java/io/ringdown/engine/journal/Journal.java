package io.ringdown.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a process: prepares segments for its lanes ahead of time, closes those that are full, and deletes what is
 * older or more than what may be kept. All of that on the thread that calls {@link #work}; the counters belong to anybody.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ringdown.journal");

    /** Half a minute of a lane with two hundred calls. */
    static final int SEGMENT_BYTES = 4 * 1_024 * 1_024;

    private static final long RETENTION_EVERY_NS = TimeUnit.MINUTES.toNanos(1);

    /** A disk that is full is not full of what was tried ten times a second. */
    private static final long RETRY_AFTER_NS = TimeUnit.SECONDS.toNanos(1);

    /** So many segments at least share the time for which they are kept, so that none holds what is much older. */
    private static final int SEGMENTS_KEPT = 24;

    private final Path directory;
    private final JournalSettings settings;
    private final LongSupplier epochMs;
    private final LongSupplier nanoTime;
    private final SegmentName.Run run;
    private final List<Writer> lanes = new ArrayList<>();
    private final Retention retention;

    private volatile long failures;
    private boolean failing;

    // on the clock of the lanes, which nobody sets back
    private long retainedNs;
    private long triedNs;

    /** A lane's journal, and what was made for it. */
    private static final class Writer {
        final String name;
        final LaneJournal lane;
        final List<Segment> open = new ArrayList<>(2);
        int segments;
        Segment current;
        long currentSinceNs;

        Writer(String name, LaneJournal lane) {
            this.name = name;
            this.lane = lane;
        }
    }

    private Journal(Path directory, JournalSettings settings, LongSupplier epochMs, LongSupplier nanoTime) {
        this.directory = directory;
        this.settings = settings;
        this.epochMs = epochMs;
        this.nanoTime = nanoTime;
        run = new SegmentName.Run(epochMs.getAsLong(), ProcessHandle.current().pid());
        retention = new Retention(directory, settings);
        retainedNs = nanoTime.getAsLong() - RETENTION_EVERY_NS;
    }

    /**
     * A journal in {@code directory/segments}, which only its owner can read.
     *
     * @param epochMs the wall clock
     * @param nanoTime the clock of the lanes; what is to be done again after a while goes by it
     * @throws IOException if the directory cannot be made
     */
    public static Journal open(Path directory, JournalSettings settings, LongSupplier epochMs, LongSupplier nanoTime)
            throws IOException {
        Path segments = segments(directory);
        Files.createDirectories(segments, PosixFilePermissions.asFileAttribute(ownerOnly()));
        Files.setPosixFilePermissions(segments, ownerOnly());
        return new Journal(segments, settings, epochMs, nanoTime);
    }

    static Path segments(Path directory) {
        return directory.resolve("segments");
    }

    private static Set<PosixFilePermission> ownerOnly() {
        return PosixFilePermissions.fromString("rwx------");
    }

    /** The journal of a lane, with its first segment if the disk has room for one; before lanes run. */
    public LaneJournal lane(String name) {
        Writer writer = new Writer(name, new LaneJournal(settings.redacted()));
        lanes.add(writer);
        prepare(writer);
        return writer.lane;
    }

    private Segment segment(Writer writer) throws IOException {
        int sequence = writer.segments + 1;
        SegmentHeader header = new SegmentHeader(
                run, writer.name, sequence, epochMs.getAsLong(), nanoTime.getAsLong(), settings.redacted());
        Path path = directory.resolve(new SegmentName(run, writer.name, sequence).fileName());
        Segment made = Segment.create(path, header.bytes(), settings.segmentBytes());
        writer.segments = sequence;
        writer.open.add(made);
        return made;
    }

    /** What is to be done now and then, many times a second: never on a lane. */
    public void work() {
        for (Writer writer : lanes) {
            closeFull(writer);
            if (writer.lane.wantsSegment() && (!failing || nanoTime.getAsLong() - triedNs >= RETRY_AFTER_NS)) {
                prepare(writer);
            }
            touchAhead(writer);
            age(writer);
        }
        if (nanoTime.getAsLong() - retainedNs >= RETENTION_EVERY_NS) {
            retain();
        }
    }

    /** A lane with few calls would keep their words for as long as its segment has room. */
    private void age(Writer writer) {
        Segment current = writer.lane.current();
        long nowNs = nanoTime.getAsLong();
        if (current != writer.current) {
            writer.current = current;
            writer.currentSinceNs = nowNs;
        } else if (current != null
                && nowNs - writer.currentSinceNs > settings.keptFor().toNanos() / SEGMENTS_KEPT) {
            writer.lane.rollNext(current);
        }
    }

    /** What a lane without calls has done with is not held back by its having done nothing since. */
    private void retain() {
        retainedNs = nanoTime.getAsLong();
        List<Path> open = lanes.stream()
                .flatMap(writer -> writer.open.stream().filter(segment -> !writer.lane.isOutdated(segment)))
                .map(Segment::path)
                .toList();
        retention.apply(epochMs.getAsLong(), open);
    }

    private void prepare(Writer writer) {
        triedNs = nanoTime.getAsLong();
        try {
            writer.lane.give(segment(writer));
            retain();
            if (failing) {
                failing = false;
                LOG.info("the journal goes on in {}, after {} events were lost", directory, eventsLost());
            }
        } catch (IOException e) {
            failed("a segment cannot be made, events will be lost", e);
        }
    }

    private void closeFull(Writer writer) {
        for (Segment full = writer.lane.takeFull(); full != null; full = writer.lane.takeFull()) {
            writer.open.remove(full);
            try {
                full.close();
            } catch (IOException e) {
                failed("a segment cannot be closed", e);
            }
        }
    }

    private void touchAhead(Writer writer) {
        Segment current = writer.lane.current();
        if (current == null || writer.lane.isOutdated(current)) {
            return;
        }
        if (current.isWhole()) {
            current.touchAhead();
        } else {
            writer.lane.rollNext(current);
            failed(
                    "a segment was cut or deleted while it was written",
                    new IOException(current.path().toString()));
        }
    }

    /** Said once, until it works again: a full disk stays full. */
    private void failed(String what, IOException cause) {
        failures++;
        if (!failing) {
            failing = true;
            LOG.error("journal: {}; calls go on without it: {}", what, cause.toString());
        }
    }

    /** Writes what is left and gives back what was prepared. The lanes have stopped. */
    @Override
    public void close() {
        for (Writer writer : lanes) {
            writer.lane.close();
            closeFull(writer);
        }
        retain();
    }

    // any thread

    /** Events of calls that found no place, on all lanes. */
    public long eventsLost() {
        return lanes.stream().mapToLong(writer -> writer.lane.eventsLost()).sum();
    }

    /** Times that the file system refused something. */
    public long failures() {
        return failures;
    }
}
