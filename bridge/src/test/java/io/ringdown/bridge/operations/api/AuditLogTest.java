package io.ringdown.bridge.operations.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeginOnALineOfItsOwnBehindOneThatWasCutShort() throws IOException {
        Path file = Files.writeString(directory.resolve("audit.jsonl"), "{\"at\":\"20");
        new AuditLog(Optional.of(file)).signalled("drain", "accepted");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("\"action\":\"drain\"").endsWith("}");
    }
}
