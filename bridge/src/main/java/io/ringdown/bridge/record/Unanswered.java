package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of calls that are over while the carrier's API has yet to answer for their hangup: in files, so that a process
 * which dies meanwhile leaves them to the next, or to one beside it. They are not forced to the disk: each lives for seconds,
 * and only a loss of power would notice. One thread.
 */
final class Unanswered {
    /** Takes over a document that a dead process left; false when it could not be written. */
    interface Heir {
        boolean write(String id, byte[] document, Instant endedAt);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Unanswered.class);

    /** By how much a living process may be late to release one, behind a slow disk. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final DocumentFolder folder;
    private final RecordArchive archive;
    private final Duration patience;
    private final Complaint unkept = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    /** What was complained of. */
    private final Set<String> refused = new HashSet<>();

    private Unanswered(DocumentFolder folder, RecordArchive archive, Duration patience) {
        this.folder = folder;
        this.archive = archive;
        this.patience = patience;
    }

    /**
     * @param archive where a document may be already that a process did not live to release
     * @param patience how long a hangup may go on when its call is over
     * @throws IOException when the directory cannot be made
     */
    static Unanswered open(Path journalDir, RecordArchive archive, Duration patience, Instant now) throws IOException {
        return new Unanswered(DocumentFolder.open(journalDir.resolve("unanswered"), false, now), archive, patience);
    }

    /** False when it could not be: the document is as good, and lost with the process. */
    boolean keep(String id, byte[] document) {
        try {
            folder.put(id, document);
            unkept.settled("call records that wait for the carrier's answer are kept again");
            return true;
        } catch (IOException e) {
            unkept.about("call records that wait for the carrier's answer are in memory only: " + e);
            return false;
        }
    }

    /** Whether there is one of that call, from whatever process. */
    boolean holds(String id) {
        return folder.holds(id);
    }

    /** It is written, as complete as it will be. */
    void release(String id) {
        try {
            folder.remove(id);
        } catch (IOException e) {
            LOG.warn("a call record that is written stays in the directory unanswered: {}", e.toString());
        }
    }

    void removeBefore(Instant first) throws IOException {
        folder.removeBefore(first);
    }

    /**
     * Hands over what processes left that died.
     *
     * @param ours ids that this process will release
     */
    void takeUp(Instant now, Predicate<String> ours, Heir heir) {
        Instant abandoned = now.minus(patience).minus(LATEST);
        try {
            for (DocumentFolder.Kept kept : folder.documents()) {
                if (kept.since().isBefore(abandoned) && !ours.test(kept.id())) {
                    takeUp(kept.id(), heir);
                }
            }
            unreadable.settled("call records of processes that died can be looked for again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("call records of processes that died cannot be looked for: " + e);
        }
    }

    private void takeUp(String id, Heir heir) {
        try {
            byte[] document = folder.read(id);
            Instant endedAt = CallDocument.endedAt(document);
            boolean written = archive.contains(id, LocalDate.ofInstant(endedAt, ZoneOffset.UTC));
            if (!written) {
                LOG.info("the process of a call died before the carrier answered its hangup: record id={}", id);
                written = heir.write(id, document, endedAt);
            }
            if (written) {
                folder.remove(id);
            }
        } catch (NoSuchFileException taken) {
            // by another process that looked too
        } catch (IOException | RuntimeException e) { // the others are not to wait for it
            if (refused.add(id)) {
                LOG.error("the call record of a process that died cannot be taken up: id={}", id, e);
            }
        }
    }
}
