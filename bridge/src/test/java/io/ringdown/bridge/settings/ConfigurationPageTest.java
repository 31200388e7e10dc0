package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dregenerate} the table of the page is written anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- keys: written by ConfigurationPageTest -->\n";
    private static final String END = "<!-- /keys -->\n";

    @Test
    void shouldShowEveryKeyAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(from).as("%s marks where the table begins", BEGIN.strip()).isGreaterThan(BEGIN.length());
        assertThat(to).as("%s marks where it ends", END.strip()).isGreaterThanOrEqualTo(from);
        if (System.getProperty("regenerate") != null) {
            Files.writeString(PAGE, page.substring(0, from) + KeyTable.markdown() + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("docs/configuration.md is behind Keys; write its table anew with\n"
                        + "  ./mvnw -pl engine,bridge -am test -Dtest=ConfigurationPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate")
                .isEqualTo(KeyTable.markdown());
    }
}
