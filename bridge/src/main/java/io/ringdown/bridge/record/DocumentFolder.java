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
import java.util.UUID;

/**
 * Documents that outlive the process, a file for each. A document is in it whole or not at all: written beside it, then
 * renamed. One thread; another process may do the same beside it, and take out what we find.
 */
final class DocumentFolder {
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";

    /** What is younger another process may be writing, which drains while we begin. */
    private static final Duration FINISHED_BY_NOW = Duration.ofMinutes(5);

    private final Path directory;
    private final boolean forced;

    private DocumentFolder(Path directory, boolean forced) {
        this.directory = directory;
        this.forced = forced;
    }

    /**
     * @param forced documents outlive a loss of power too
     * @throws IOException when the directory cannot be made
     */
    static DocumentFolder open(Path directory, boolean forced, Instant now) throws IOException {
        DocumentFolder folder = new DocumentFolder(PrivateFiles.directory(directory), forced);
        folder.deleteBefore(now.minus(FINISHED_BY_NOW), UNFINISHED);
        return folder;
    }

    void put(String id, byte[] document) throws IOException {
        // a name of its own: another process may put the same document
        Path unfinished = directory.resolve(id + "." + UUID.randomUUID() + UNFINISHED);
        EnumSet<StandardOpenOption> create = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel file = FileChannel.open(unfinished, create, PrivateFiles.FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(document);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                if (forced) {
                    file.force(true);
                }
            }
            Files.move(unfinished, path(id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(unfinished);
            throw e;
        }
        if (forced) {
            try (FileChannel itself = FileChannel.open(directory, StandardOpenOption.READ)) {
                itself.force(true); // the name too
            }
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

    /** All of them, the oldest first. */
    List<Kept> documents() throws IOException {
        return files(SUFFIX).stream().sorted(Comparator.comparing(Kept::since)).toList();
    }

    boolean holds(String id) {
        return Files.exists(path(id));
    }

    /** @throws NoSuchFileException when somebody has taken it out */
    byte[] read(String id) throws IOException {
        return Files.readAllBytes(path(id));
    }

    void remove(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /** @throws NoSuchFileException when somebody has taken it out */
    void moveTo(DocumentFolder other, String id) throws IOException {
        Files.move(path(id), other.path(id), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what is older, finished or not. Returns the ids of what was finished. */
    List<String> removeBefore(Instant first) throws IOException {
        deleteBefore(first, UNFINISHED);
        return deleteBefore(first, SUFFIX);
    }

    private List<String> deleteBefore(Instant first, String suffix) throws IOException {
        List<String> deleted = new ArrayList<>();
        for (Kept file : files(suffix)) {
            if (file.since().isBefore(first)) {
                Files.deleteIfExists(directory.resolve(file.id() + suffix));
                deleted.add(file.id());
            }
        }
        return deleted;
    }

    /** A document, and when it was put. */
    record Kept(String id, Instant since) {}

    private List<Kept> files(String suffix) throws IOException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path path : paths) {
                add(found, path, suffix);
            }
        }
        return found;
    }

    private static void add(List<Kept> found, Path path, String suffix) throws IOException {
        String name = path.getFileName().toString();
        try {
            Instant since = Files.getLastModifiedTime(path).toInstant();
            found.add(new Kept(name.substring(0, name.length() - suffix.length()), since));
        } catch (NoSuchFileException takenOut) {
            // by another process
        }
    }
}
