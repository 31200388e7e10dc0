package io.ringdown.engine.simulation;

import io.ringdown.engine.journal.Journal;
import io.ringdown.engine.journal.JournalSettings;
import io.ringdown.engine.journal.LaneJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Simulated calls and their journal. */
public final class JournalledCalls {
    /** Holds more than a session, so that one is enough until the next is made. */
    private static final int SEGMENT_BYTES = 1_024 * 1_024;

    private JournalledCalls() {}

    /** A few sessions of calls. */
    public static void writeTo(Path directory) throws IOException {
        writeTo(directory, 8, false);
    }

    static void writeTo(Path directory, int sessions, boolean redacted) throws IOException {
        JournalSettings settings = new JournalSettings(redacted, Duration.ofDays(1), Long.MAX_VALUE, SEGMENT_BYTES);
        try (Journal journal = Journal.open(directory, settings, () -> 1_000_000_000_000L, () -> 0)) {
            LaneJournal lane = journal.lane("lane-0");
            for (int session = 0; session < sessions; session++) {
                new World(Trace.none(), lane).run(ScriptWriter.session(session, Simulation.CALLS));
                journal.work();
            }
            if (journal.eventsLost() > 0) {
                throw new AssertionError("lost events: " + journal.eventsLost());
            }
        }
    }
}
