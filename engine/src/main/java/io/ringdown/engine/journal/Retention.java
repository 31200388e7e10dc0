package io.ringdown.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the oldest segments of all runs: what is past its time, and what is too much. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger("ringdown.journal");

    private final Path directory;
    private final JournalSettings settings;

    private record Kept(Path path, long changedMs, long bytes) {}

    Retention(Path directory, JournalSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** @param open segments of this process, which are not deleted while they are written */
    void apply(long nowMs, List<Path> open) {
        try {
            List<Kept> oldestFirst = list();
            long bytes = oldestFirst.stream().mapToLong(Kept::bytes).sum();
            long oldestMs = nowMs - settings.keptFor().toMillis();
            for (Kept segment : oldestFirst) {
                boolean surplus = segment.changedMs() < oldestMs || bytes > settings.maxBytes();
                if (surplus && !open.contains(segment.path())) {
                    Files.deleteIfExists(segment.path());
                    bytes -= segment.bytes();
                }
            }
        } catch (IOException e) {
            LOG.warn("old segments cannot be deleted: {}", e.toString());
        }
    }

    private List<Kept> list() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : (Iterable<Path>) files::iterator) {
                if (SegmentName.of(path.getFileName().toString()).isPresent()) {
                    add(kept, path);
                }
            }
        }
        kept.sort(Comparator.comparingLong(Kept::changedMs).thenComparing(Kept::path));
        return kept;
    }

    private static void add(List<Kept> kept, Path path) throws IOException {
        try {
            kept.add(new Kept(path, Files.getLastModifiedTime(path).toMillis(), Files.size(path)));
        } catch (NoSuchFileException deleted) {
            // by another process that shares the directory
        }
    }
}
