package io.ringdown.engine.simulation.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.journal.Replay;
import io.ringdown.engine.simulation.JournalledCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal tells whether another engine would have done the same: that is what it is replayed for. */
class ReplayByAnotherEngineTest {
    @TempDir
    Path directory;

    /** What the engine with these edits makes of the journal: how many calls differ, and the first. */
    private String replayWith(Edit... edits) throws IOException, ReflectiveOperationException {
        Class<?> replay = new FaultyEngine(List.of(edits)).loadClass(Replay.class.getName());
        Object report = replay.getMethod("of", Path.class).invoke(null, directory);
        return report.getClass().getMethod("differences").invoke(report).toString();
    }

    @Test
    void shouldTellWhichCallsAnotherRuleWouldHaveEndedOtherwise() throws IOException, ReflectiveOperationException {
        JournalledCalls.writeTo(directory);
        assertThat(replayWith()).isEqualTo("[]");
        assertThat(replayWith(
                        new Edit("call/PendingHangup", "call.settings.drain() == DrainPolicy.QUEUES ||", "true ||")))
                .as("it does not wait until the goodbye is heard")
                .contains("now a question for CLAIMED");
        assertThat(replayWith(new Edit(
                        "call/Goodbyes",
                        "private static final int MAX_RESUMES = 2;",
                        "private static final int MAX_RESUMES = 0;")))
                .as("it does not ask for the rest of a goodbye")
                .contains("REQUEST_RESPONSE");
        assertThat(replayWith(new Edit("call/Downlink", "1_000L * MuLaw.BYTES_PER_MS", "2_000L * MuLaw.BYTES_PER_MS")))
                .as("it sends fewer marks")
                .contains("STAGE_MARK");
    }
}
