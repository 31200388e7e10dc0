package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Any text as ringdown.yaml: settings, or a line for each thing wrong which says where it is. */
class ConfigurationFuzzTest {
    @TempDir
    private static Path directory;

    @FuzzTest(maxDuration = "10m")
    void shouldGiveSettingsOrSayWhereTheyAreWrong(byte[] yaml) {
        SettingsFile file = SettingsFile.needingNothing(directory).bytes(yaml);
        try {
            assertThat(file.load()).isNotNull();
        } catch (SettingsException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem)
                            .as("one line which says where")
                            .doesNotContainPattern("\\p{Cntrl}")
                            .contains(": "));
        }
    }
}
