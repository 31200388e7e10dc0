package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of calls that are over while the carrier's API has yet to answer for their hangup, or that could not be written: in
 * files, so that a process which dies meanwhile leaves them to the next, or to one beside it. They are not forced to the disk: each
 * lives for seconds, and only a loss of power would notice. One thread.
 */
final class Unanswered {
    private static final Logger LOG = LoggerFactory.getLogger(Unanswered.class);

    /** By how much a living process may be late to release one, behind a slow disk. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final DocumentFolder folder;
    private final RecordStore store;
    private final Duration patience;
    private final Complaint unkept = new Complaint(LOG);
    private final Complaint unreadable = new Complaint(LOG);

    /** What was complained of. */
    private final Set<String> refused = new HashSet<>();

    private Unanswered(DocumentFolder folder, RecordStore store, Duration patience) {
        this.folder = folder;
        this.store = store;
        this.patience = patience;
    }

    /**
     * @param store takes over what dead processes left, and may have it already
     * @param patience how long a hangup may go on when its call is over
     * @throws IOException when the directory cannot be made
     */
    static Unanswered open(Path journalDir, RecordStore store, Duration patience, Instant now) throws IOException {
        return new Unanswered(DocumentFolder.open(journalDir.resolve("unanswered"), false, now), store, patience);
    }

    /** False when it could not be. */
    boolean keep(String id, byte[] document) {
        try {
            folder.put(id, document);
            unkept.settled("call records that are not written yet are kept again");
            return true;
        } catch (IOException e) {
            unkept.about("call records that are not written yet are not kept either: " + e);
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
     * Writes what could not be written, and what processes left that died.
     *
     * @param ours ids that this process will release
     */
    void takeUp(Instant now, Predicate<String> ours) {
        Instant abandoned = now.minus(patience).minus(LATEST);
        try {
            for (DocumentFolder.Kept kept : folder.documents()) {
                if (kept.since().isBefore(abandoned) && !ours.test(kept.id())) {
                    takeUp(kept.id());
                }
            }
            unreadable.settled("call records of processes that died can be looked for again");
        } catch (IOException | RuntimeException e) { // a task that throws is never run again
            unreadable.about("call records of processes that died cannot be looked for: " + e);
        }
    }

    private void takeUp(String id) {
        try {
            byte[] document = folder.read(id);
            Instant endedAt = CallDocument.endedAt(document);
            boolean written = !store.written(Set.of(id), endedAt, endedAt).isEmpty();
            if (!written) {
                LOG.info("a call record that nobody finished is taken up, as it is: id={}", id);
                written = store.inherit(id, document, endedAt);
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
