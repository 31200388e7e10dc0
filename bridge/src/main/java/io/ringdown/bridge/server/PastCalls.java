package io.ringdown.bridge.server;

import io.ringdown.bridge.journal.Timeline;
import io.ringdown.bridge.record.RecordArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is on disk of calls, by their SID. Reads files: any thread but a lane's.
 *
 * @param journalDir empty: nothing is kept of any call
 */
record PastCalls(Optional<Path> journalDir) {
    /** The timeline of a call, living or not, as JSON. */
    Optional<String> timeline(String callSid) {
        return find(dir -> Timeline.of(dir, callSid).map(Timeline::toJson));
    }

    /** The record of a call that ended, as JSON. */
    Optional<String> record(String callSid) {
        return find(dir -> RecordArchive.find(dir, callSid));
    }

    private Optional<String> find(Search search) {
        if (journalDir.isEmpty()) {
            return Optional.empty();
        }
        try {
            return search.in(journalDir.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the journal directory cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface Search {
        Optional<String> in(Path dir) throws IOException;
    }
}
