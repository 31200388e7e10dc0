package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "---\n...\n", "~", "{}", "\uFEFF", "\uFEFF# nothing"})
    void shouldTakeAnEmptyFile(String yaml) {
        assertThat(given().yaml(yaml).load()).isEqualTo(given().load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\uFEFFlanes: 3", "lanes: 3\r\nidle: park\r\n", "--- \nlanes: '3'\n...\n", "{\"lanes\": 3}"})
    void shouldReadAllStylesOfYaml(String yaml) {
        assertThat(given().yaml(yaml).load().lanes()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`lanes: 2\nlanes: 2`                             | lanes (environment: RINGDOWN_LANES)",
                "`limits: {lead_ms: 30}\nlimits: {lead_ms: 40}`   | limits;limits.lead_ms",
                "`limits: {lead_ms: 30, lead_ms: 30}`             | limits.lead_ms",
            })
    void shouldRefuseAKeyGivenTwice(String yaml, String keys) {
        assertThat(given().yaml(yaml).problems())
                .containsExactly(Arrays.stream(keys.split(";"))
                        .map(key -> "ringdown.yaml: " + key.replaceFirst("( .*)?$", ": given more than once$1"))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`idle: park\nlimits: {lead_ms: 1`  | line 2, column 20: not YAML",
                "`limits:\n\tlead_ms: 400`          | line 2, column 1: not YAML: found character '\\t(TAB)' that cannot start any token",
                "`limits:\n  lead_ms: 400\n max: 2` | line 3, column 2: not YAML",
                "`idle: \"park`                     | line 1, column 12: not YAML: found unexpected end of stream",
                "`idle: park: spin`                 | line 1, column 11: not YAML: mapping values are not allowed here",
                "`idle: @park`                      | line 1, column 7: not YAML",
                "`listen: [::1]:8080`               | line 1, column",
                "`? [a, b]\n: 3`                    | line 1",
                "`- lanes`                          | expected keys and values",
                "`lanes`                            | expected keys and values",
                "`lanes: 2\n---\nlanes: 3`          | more than one document (---)",
                "`a: &x 1\nlanes: *x`               | line 2: an alias (*); write the value out, or quote it",
                "`a: &x {b: 1}\nlimits:\n  <<: *x`  | line 3: an alias (*); write the value out, or quote it",
            })
    void shouldSayInOneLineWhereTheFileIsNotYaml(String yaml, String problem) {
        assertThat(given().yaml(yaml).problems())
                .singleElement()
                .asString()
                .startsWith("ringdown.yaml: " + problem)
                .doesNotContain("\n");
    }

    @Test
    void shouldRefuseControlCharacters() {
        assertThat(given().yaml("lanes: 2\nidle: pa\0rk").problems())
                .containsExactly("ringdown.yaml: not YAML: character U+0000 is not allowed");
    }

    @Test
    void shouldNotExpandAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 64; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(given().yaml(bomb.toString()).problems())
                .containsExactly("ringdown.yaml: line 2: an alias (*); write the value out, or quote it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void shouldSurviveDeepNesting(String opening) {
        assertThat(given().yaml("lanes: \n  " + opening.repeat(50_000)).problems())
                .hasSize(1);
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        assertThat(given().bytes("lanes: 2".getBytes(StandardCharsets.UTF_16)).problems())
                .containsExactly("ringdown.yaml: not UTF-8 text");
        assertThat(given().bytes(new byte[] {'#', ' ', (byte) 0xE9}).problems())
                .containsExactly("ringdown.yaml: not UTF-8 text");
    }

    @Test
    void shouldRefuseAFileWithoutEnd() {
        assertThat(given().yaml("#".repeat(256 * 1024 + 1)).problems())
                .containsExactly("ringdown.yaml: longer than 262144 bytes");
    }
}
