package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document of each call that lives, should its process die in the midst of it. Each process has a folder of its own and
 * locks a file in it: the system gives the lock up however the process ends, and whoever gets it then may have the documents.
 * They are not forced to the disk. One thread.
 */
final class LiveCalls implements AutoCloseable {
    /** Takes over the document of a call whose process died; false when it could not be written. */
    interface Heir {
        boolean write(String id, byte[] document, Instant begunAt);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LiveCalls.class);
    private static final String LOCK = "lock";

    /** Of a folder that is not locked yet. */
    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final Path own;
    private final FileChannel lock;
    private final DocumentFolder folder;
    private final Complaint unkept = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    private LiveCalls(Path directory, Path own, FileChannel lock, DocumentFolder folder) {
        this.directory = directory;
        this.own = own;
        this.lock = lock;
        this.folder = folder;
    }

    /** @throws IOException when the directory cannot be made, or not be locked */
    static LiveCalls open(Path journalDir, Instant now) throws IOException {
        Path directory = PrivateFiles.directory(journalDir.resolve("live"));
        Path own = directory.resolve(UUID.randomUUID().toString());
        Path unfinished = PrivateFiles.directory(directory.resolve(own.getFileName() + UNFINISHED));
        FileChannel lock = FileChannel.open(
                unfinished.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFiles.FILE);
        try {
            lock.lock();
            Files.move(unfinished, own, StandardCopyOption.ATOMIC_MOVE);
            return new LiveCalls(directory, own, lock, DocumentFolder.open(own, false, now));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Without it the call has no record if the process dies. */
    void keep(String id, byte[] document) {
        try {
            folder.put(id, document);
            unkept.settled("calls that live are written down again");
        } catch (IOException e) {
            unkept.about("calls that live are not written down, and would have no record if this process died: " + e);
        }
    }

    /** Its end is written. */
    void release(String id) {
        try {
            folder.remove(id);
        } catch (IOException e) {
            LOG.warn("a call that is over stays in the directory live: {}", e.toString());
        }
    }

    /** Hands over what processes left that died. */
    void takeUp(Instant now, Heir heir) {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory)) {
            for (Path run : runs) {
                if (!run.equals(own) && !run.toString().endsWith(UNFINISHED)) {
                    takeUp(run, now, heir);
                }
            }
            unreadable.settled("calls of processes that died can be looked for again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("calls of processes that died cannot be looked for: " + e);
        }
    }

    private static void takeUp(Path run, Instant now, Heir heir) throws IOException {
        try (FileChannel opened = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = opened.tryLock()) {
            if (free != null && inherit(DocumentFolder.open(run, false, now), heir)) {
                delete(run);
            }
        } catch (NoSuchFileException | OverlappingFileLockException notOurs) {
            // taken by another process, or of another server in this one
        }
    }

    private static boolean inherit(DocumentFolder dead, Heir heir) throws IOException {
        boolean all = true;
        for (DocumentFolder.Kept kept : dead.documents()) {
            boolean written = heir.write(kept.id(), dead.read(kept.id()), kept.since());
            if (written) {
                dead.remove(kept.id());
            }
            all &= written;
        }
        return all;
    }

    private static void delete(Path run) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(run);
    }

    /** A call that is still here has nobody any more: the next process may have it. */
    @Override
    public void close() {
        try (lock) {
            if (folder.documents().isEmpty()) {
                delete(own);
            }
        } catch (IOException e) {
            LOG.warn("the directory live is not tidied up: {}", e.toString());
        }
    }
}
