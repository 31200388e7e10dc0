package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document of each call that lives, should its process die in the midst of it. Each process has a folder of its own and
 * locks a file in it: the system gives the lock up however the process ends, and whoever gets it then may have the documents.
 * They are not forced to the disk. One thread.
 */
final class LiveCalls implements AutoCloseable {
    /** Takes over what a process left that died. */
    interface Heir {
        /** Which of these calls have a record already, or will have; {@code first} is when the first of them began. */
        Set<String> known(Set<String> ids, Instant first) throws IOException;

        /** False when it could not be written. */
        boolean write(String id, byte[] document);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LiveCalls.class);
    private static final String LOCK = "lock";

    /** Folders of this process. To open the file of one anew would give up its lock when it is closed. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /** Of a folder that is not locked yet. */
    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final Path own;
    private final FileChannel lock;
    private final DocumentFolder folder;
    private final Complaint unkept = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    /** What was complained of. */
    private final Set<String> refused = new HashSet<>();

    private LiveCalls(Path directory, Path own, FileChannel lock, DocumentFolder folder) {
        this.directory = directory;
        this.own = own;
        this.lock = lock;
        this.folder = folder;
    }

    /** @throws IOException when the directory cannot be made, or not be locked */
    static LiveCalls open(Path journalDir, Instant now) throws IOException {
        Path directory =
                PrivateFiles.directory(journalDir.toAbsolutePath().normalize().resolve("live"));
        Path own = directory.resolve(UUID.randomUUID().toString());
        Path unfinished = PrivateFiles.directory(directory.resolve(own.getFileName() + UNFINISHED));
        FileChannel lock = null;
        try {
            lock = FileChannel.open(
                    unfinished.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PrivateFiles.FILE);
            if (lock.tryLock() == null) {
                throw new IOException("a file of our own is locked: " + unfinished);
            }
            Files.move(unfinished, own, StandardCopyOption.ATOMIC_MOVE);
            OWN.add(own);
            return new LiveCalls(directory, own, lock, DocumentFolder.open(own, false, now));
        } catch (IOException e) {
            if (lock != null) {
                lock.close();
            }
            delete(Files.exists(own) ? own : unfinished);
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
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path run : runs) {
                if (!OWN.contains(run) && !run.toString().endsWith(UNFINISHED)) {
                    takeUp(run, now, heir);
                }
            }
            unreadable.settled("calls of processes that died can be looked for again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("calls of processes that died cannot be looked for: " + e);
        }
    }

    private void takeUp(Path run, Instant now, Heir heir) {
        try (FileChannel opened = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = opened.tryLock()) {
            if (free != null && inherit(DocumentFolder.open(run, false, now), heir)) {
                delete(run);
            }
        } catch (NoSuchFileException taken) {
            // by another process that looked too
        } catch (IOException | RuntimeException e) { // the others are not to wait for it
            if (refused.add(run.toString())) {
                LOG.error("what a process left that died cannot be taken up: {}", run, e);
            }
        }
    }

    private boolean inherit(DocumentFolder dead, Heir heir) throws IOException {
        List<DocumentFolder.Kept> all = dead.documents();
        if (all.isEmpty()) {
            return true;
        }
        Set<String> ids = all.stream().map(DocumentFolder.Kept::id).collect(Collectors.toSet());
        Set<String> known = heir.known(ids, all.get(0).since());
        boolean done = true;
        for (DocumentFolder.Kept kept : all) {
            boolean written = known.contains(kept.id()) || inherit(kept.id(), dead.read(kept.id()), heir);
            if (written) {
                dead.remove(kept.id());
            }
            done &= written;
        }
        return done;
    }

    private static boolean inherit(String id, byte[] document, Heir heir) {
        if (!isWhole(id, document)) {
            LOG.error("what is left of a call is no document, as a loss of power leaves it: id={}", id);
            return true;
        }
        return heir.write(id, document);
    }

    private static boolean isWhole(String id, byte[] document) {
        try {
            return Json.READER.readTree(document).path("id").asText().equals(id);
        } catch (IOException broken) {
            return false;
        }
    }

    /** The lock goes last: without it nobody would look into the folder again. */
    private static void delete(Path run) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run, file -> !file.endsWith(LOCK))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(run.resolve(LOCK));
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
        } finally {
            OWN.remove(own);
        }
    }
}
