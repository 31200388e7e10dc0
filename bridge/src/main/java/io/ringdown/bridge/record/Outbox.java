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
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Documents on their way to the webhook, a file for each, so that they outlive the process. A document is in it whole or
 * not at all: written beside it, forced to the disk, then renamed. One thread.
 */
final class Outbox {
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";

    private final Path directory;
    private final Path rejected;

    private Outbox(Path directory, Path rejected) {
        this.directory = directory;
        this.rejected = rejected;
    }

    /** @throws IOException when its directories cannot be made */
    static Outbox open(Path journalDir) throws IOException {
        Path directory = PrivateFiles.directory(journalDir.resolve("outbox"));
        Outbox outbox = new Outbox(directory, PrivateFiles.directory(directory.resolve("rejected")));
        for (Path unfinished : files(directory, UNFINISHED)) {
            Files.delete(unfinished);
        }
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
            // found and deleted at the next start
        }
    }

    private Path path(String id) {
        return directory.resolve(id + SUFFIX);
    }

    /** What waits, the oldest first. */
    List<String> ids() throws IOException {
        record Aged(String id, Instant since) {}
        List<Aged> found = new ArrayList<>();
        for (Path path : files(directory, SUFFIX)) {
            String name = path.getFileName().toString();
            found.add(new Aged(name.substring(0, name.length() - SUFFIX.length()), since(path)));
        }
        found.sort((one, other) -> one.since().compareTo(other.since()));
        return found.stream().map(Aged::id).toList();
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
        Files.move(path(id), rejected.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what is older, rejected or not. Returns the ids of what still waited. */
    List<String> removeBefore(Instant first) throws IOException {
        for (Path path : files(rejected, SUFFIX)) {
            if (since(path).isBefore(first)) {
                Files.deleteIfExists(path);
            }
        }
        List<String> expired = new ArrayList<>();
        for (String id : ids()) {
            if (since(path(id)).isBefore(first)) {
                remove(id);
                expired.add(id);
            }
        }
        return expired;
    }

    private static Instant since(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + suffix)) {
            files.forEach(found::add);
        }
        return found;
    }
}
