package io.ringdown.bridge.operations.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    private Path directory;

    private long nowNs = -3;

    @Test
    void shouldBeginOnALineOfItsOwnBehindOneThatWasCutShort() throws IOException {
        Path file = Files.writeString(directory.resolve("audit.jsonl"), "{\"at\":\"20");
        new AuditLog(Optional.of(file)).signalled("drain", "accepted");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("\"action\":\"drain\"").endsWith("}");
    }

    @Test
    void shouldSpeakOfRefusalsOnceASecond() {
        AuditLog audit = new AuditLog(Optional.empty(), () -> nowNs);
        Operator nobody = new Operator("nobody", "10.0.0.1:1");
        try (HeardLog log = new HeardLog("audit")) {
            for (int i = 0; i < 1_000; i++) {
                audit.refused("/api/drain", true, "Unauthorized", nobody);
                audit.refused("/metrics", false, "Unauthorized", nobody);
            }
            nowNs += TimeUnit.SECONDS.toNanos(1);
            audit.refused("/api/drain", true, "Forbidden", nobody);
            String line = "[OPERATOR] action=%s result=%s by=nobody from=10.0.0.1:1 times=%d";
            await().untilAsserted(() -> assertThat(log.lines())
                    .containsExactly(
                            line.formatted("/api/drain", "Unauthorized", 1),
                            line.formatted("/metrics", "Unauthorized", 1),
                            line.formatted("/api/drain", "Forbidden", 1_000)));
        }
    }
}
