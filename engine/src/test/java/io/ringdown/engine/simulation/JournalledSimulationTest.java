package io.ringdown.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.engine.journal.Replay;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of any call makes its machine do the same again: every interleaving, every fault. */
class JournalledSimulationTest {
    @TempDir
    Path directory;

    @Test
    void shouldDoAgainWhatEveryCallDid() throws IOException {
        int sessions = 96;
        JournalledCalls.writeTo(directory, sessions, false);
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.damages()).isEmpty();
        assertThat(report.complete()).isEqualTo(sessions * Simulation.CALLS);
        assertThat(report.cut() + report.partial()).isZero();
        assertThat(report.commands()).isGreaterThan(report.complete() * 10);
    }

    @Test
    void shouldDoTheSameWithoutTheWords() throws IOException {
        JournalledCalls.writeTo(directory, 16, true);
        Replay.Report report = Replay.of(directory);
        assertThat(report.differences()).isEmpty();
        assertThat(report.complete()).isEqualTo(16 * Simulation.CALLS);
    }
}
