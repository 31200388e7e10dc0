package io.ringdown.bridge.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Documents on their way to the webhook. One thread; another process may deliver what we find. */
final class Outbox {
    private final DocumentFolder waiting;
    private final DocumentFolder rejected;

    private Outbox(DocumentFolder waiting, DocumentFolder rejected) {
        this.waiting = waiting;
        this.rejected = rejected;
    }

    /** @throws IOException when its directories cannot be made */
    static Outbox open(Path journalDir, Instant now) throws IOException {
        Path directory = journalDir.resolve("outbox");
        return new Outbox(
                DocumentFolder.open(directory, true, now),
                DocumentFolder.open(directory.resolve("rejected"), true, now));
    }

    void put(String id, byte[] document) throws IOException {
        waiting.put(id, document);
    }

    /** What waits, the oldest first. */
    List<String> ids() throws IOException {
        return waiting.documents().stream().map(DocumentFolder.Kept::id).toList();
    }

    /** @throws NoSuchFileException when somebody has taken it out */
    byte[] read(String id) throws IOException {
        return waiting.read(id);
    }

    /** It was delivered. */
    void remove(String id) throws IOException {
        waiting.remove(id);
    }

    /** The receiver will not have it, now or later: it is kept where people find it. */
    void reject(String id) throws IOException {
        try {
            waiting.moveTo(rejected, id);
        } catch (NoSuchFileException takenOut) {
            // another process was told the same
        }
    }

    /** Deletes what is older, finished or not, rejected or not. Returns the ids of what still waited. */
    List<String> removeBefore(Instant first) throws IOException {
        rejected.removeBefore(first);
        return waiting.removeBefore(first);
    }
}
