package io.ringdown.bridge.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
    @TempDir
    private Path journal;

    @Test
    void shouldFindACallWithoutARecordWithTwoAndARecordWithoutACall() throws Exception {
        Path folder = Files.createDirectories(journal.resolve("records"));
        Files.writeString(folder.resolve("2026-11-26.jsonl"), "{\"call_sid\":\"CA1\"}\n{\"call_sid\":\"CA2\"}\n");
        Files.writeString(folder.resolve("2026-11-27.jsonl"), "{\"call_sid\":\"CA2\"}\n{\"call_sid\":\"CA9\"}\n");

        Records records = Records.in(journal);

        assertThat(records.count()).isEqualTo(4);
        assertThat(records.problems(Set.of("CA1", "CA2", "CA3")))
                .containsExactlyInAnyOrder(
                        "CA2: 2 call records", "CA3: 0 call records", "CA9: a call record, but no call");
    }

    @Test
    void shouldFindNoneWhereNoneWereWritten() throws Exception {
        assertThat(Records.in(journal).problems(Set.of("CA1"))).containsExactly("no call records at all");
    }
}
