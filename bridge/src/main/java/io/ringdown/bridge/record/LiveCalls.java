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
    private final RecordStore store;
    private final Unanswered unanswered;
    private final Complaint unkept = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    /** What was complained of. */
    private final Set<String> refused = new HashSet<>();

    private LiveCalls(
            Path directory,
            Path own,
            FileChannel lock,
            DocumentFolder folder,
            RecordStore store,
            Unanswered unanswered) {
        this.directory = directory;
        this.own = own;
        this.lock = lock;
        this.folder = folder;
        this.store = store;
        this.unanswered = unanswered;
    }

    /**
     * @param store takes over what dead processes left, and may have it already
     * @param unanswered may have a better document of the same call
     * @throws IOException when the directory cannot be made, or not be locked
     */
    static LiveCalls open(Path journalDir, RecordStore store, Unanswered unanswered, Instant now) throws IOException {
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
            OWN.add(own); // ahead of the name that others look for
            Files.move(unfinished, own, StandardCopyOption.ATOMIC_MOVE);
            return new LiveCalls(directory, own, lock, DocumentFolder.open(own, false, now), store, unanswered);
        } catch (IOException e) {
            OWN.remove(own);
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

    /** Writes records of the calls of processes that died. */
    void takeUp(Instant now) {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path run : runs) {
                if (!OWN.contains(run) && !run.toString().endsWith(UNFINISHED)) {
                    takeUp(run, now);
                }
            }
            unreadable.settled("calls of processes that died can be looked for again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("calls of processes that died cannot be looked for: " + e);
        }
    }

    private void takeUp(Path run, Instant now) {
        try (FileChannel opened = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = opened.tryLock()) {
            if (free != null && inherit(DocumentFolder.open(run, false, now), now)) {
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

    /** Unless a process died just behind the end of a call, and there is a better document. */
    private boolean inherit(DocumentFolder dead, Instant now) throws IOException {
        List<DocumentFolder.Kept> all = dead.documents();
        if (all.isEmpty()) {
            return true;
        }
        Set<String> ids = all.stream().map(DocumentFolder.Kept::id).collect(Collectors.toSet());
        Set<String> known = store.written(ids, all.get(0).since(), now);
        boolean done = true;
        for (DocumentFolder.Kept kept : all) {
            String id = kept.id();
            boolean written = known.contains(id) || unanswered.holds(id) || inherit(id, dead.read(id), now);
            if (written) {
                dead.remove(id);
            }
            done &= written;
        }
        return done;
    }

    private boolean inherit(String id, byte[] document, Instant now) {
        if (!isWhole(id, document)) {
            LOG.error("what is left of a call is no document, as a loss of power leaves it: id={}", id);
            return true;
        }
        boolean written = store.inherit(id, document, now);
        if (written) {
            LOG.warn("the process of a call died before it was over: record id={}", id);
        }
        return written;
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
