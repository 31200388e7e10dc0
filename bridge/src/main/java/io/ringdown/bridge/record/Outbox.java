package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Documents on their way to the webhook, a file for each, so that they outlive the process. A document is in it whole or
 * not at all: written beside it, forced to the disk, then renamed. One thread; another process may do the same beside it,
 * and deliver what we find.
 */
final class Outbox {
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";

    /** What is younger another process may be writing, which drains while we begin. */
    private static final Duration FINISHED_BY_NOW = Duration.ofMinutes(5);

    private final Path directory;
    private final Path rejected;

    private Outbox(Path directory, Path rejected) {
        this.directory = directory;
        this.rejected = rejected;
    }

    /** @throws IOException when its directories cannot be made */
    static Outbox open(Path journalDir, Instant now) throws IOException {
        Path directory = PrivateFiles.directory(journalDir.resolve("outbox"));
        Outbox outbox = new Outbox(directory, PrivateFiles.directory(directory.resolve("rejected")));
        deleteBefore(now.minus(FINISHED_BY_NOW), directory, UNFINISHED);
        return outbox;
    }

    void put(String id, byte[] document) throws IOException {
        Path unfinished = directory.resolve(id + UNFINISHED);
        EnumSet<StandardOpenOption> create = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel file = FileChannel.open(unfinished, create, PrivateFiles.FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(document);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(unfinished, path(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(unfinished);
            throw e;
        }
        try (FileChannel itself = FileChannel.open(directory, StandardOpenOption.READ)) {
            itself.force(true); // the name too
        }
    }

    private static void deleteQuietly(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // found and deleted by a later start
        }
    }

    private Path path(String id) {
        return directory.resolve(id + SUFFIX);
    }

    /** What waits, the oldest first. */
    List<String> ids() throws IOException {
        return files(directory, SUFFIX).stream()
                .sorted(Comparator.comparing(Dated::since))
                .map(Dated::id)
                .toList();
    }

    /** @throws NoSuchFileException when somebody has taken it out */
    byte[] read(String id) throws IOException {
        return Files.readAllBytes(path(id));
    }

    /** It was delivered. */
    void remove(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /** The receiver will not have it, now or later: it is kept where people find it. */
    void reject(String id) throws IOException {
        try {
            Files.move(path(id), rejected.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException takenOut) {
            // another process was told the same
        }
    }

    /** Deletes what is older, finished or not, rejected or not. Returns the ids of what still waited. */
    List<String> removeBefore(Instant first) throws IOException {
        deleteBefore(first, rejected, SUFFIX);
        deleteBefore(first, directory, UNFINISHED);
        return deleteBefore(first, directory, SUFFIX);
    }

    private static List<String> deleteBefore(Instant first, Path directory, String suffix) throws IOException {
        List<String> deleted = new ArrayList<>();
        for (Dated file : files(directory, suffix)) {
            if (file.since().isBefore(first)) {
                Files.deleteIfExists(file.path());
                deleted.add(file.id());
            }
        }
        return deleted;
    }

    private record Dated(Path path, String id, Instant since) {}

    private static List<Dated> files(Path directory, String suffix) throws IOException {
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path path : paths) {
                add(found, path, suffix);
            }
        }
        return found;
    }

    private static void add(List<Dated> found, Path path, String suffix) throws IOException {
        String name = path.getFileName().toString();
        try {
            Instant since = Files.getLastModifiedTime(path).toInstant();
            found.add(new Dated(path, name.substring(0, name.length() - suffix.length()), since));
        } catch (NoSuchFileException takenOut) {
            // another process has delivered it
        }
    }
}
