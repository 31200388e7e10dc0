package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that come with the archive lead where they say. */
class LinksTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://|#)([^)#\\s]+)");

    @Test
    void shouldLeadToWhatIsThere() throws IOException {
        try (Stream<Path> pages = Files.walk(DOCS)) {
            List<String> dead = pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(LinksTest::deadLinks)
                    .toList();
            assertThat(dead).isEmpty();
        }
    }

    private static Stream<String> deadLinks(Path page) {
        try {
            Matcher links = LINK.matcher(Files.readString(page));
            return links.results()
                    .map(link -> link.group(1))
                    .filter(target -> Files.notExists(page.resolveSibling(target)))
                    .map(target -> page + " leads to " + target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
