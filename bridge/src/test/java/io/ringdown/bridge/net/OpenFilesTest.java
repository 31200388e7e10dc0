package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final Path LIMITS = Path.of("/proc/self/limits");

    @Test
    void shouldTellTheSoftLimitOfThisProcess() throws IOException {
        assumeTrue(Files.exists(LIMITS));
        try (Stream<String> lines = Files.lines(LIMITS)) {
            String soft = lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+")[3])
                    .findFirst()
                    .orElseThrow();
            assumeTrue(soft.matches("\\d+"), soft);
            assertThat(OpenFiles.limit()).isEqualTo(Long.parseLong(soft));
        }
    }

    @Test
    void shouldCountTwoSocketsForEachCallAndSelectorsForEachLaneAndSomeMore() {
        assertThat(OpenFiles.neededFor(500, 1) - OpenFiles.neededFor(0, 1)).isEqualTo(1_000);
        assertThat(OpenFiles.neededFor(0, 64) - OpenFiles.neededFor(0, 0)).isEqualTo(64 * 6);
        assertThat(OpenFiles.neededFor(0, 0)).isPositive();
        assertThat(OpenFiles.neededFor(Integer.MAX_VALUE, 1)).isGreaterThan(2L * Integer.MAX_VALUE);
    }
}
