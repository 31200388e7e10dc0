package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the jar is made of, by the bill of materials that the build wrote. */
class DependenciesIT {
    private static final Path BOM = Path.of("target/bom.json");
    private static final Path PAGE = Path.of("../docs/dependencies.md");
    private static final String TABLE = "| library | version | licence |\n|---|---|---|\n";

    /** Those that ask for no more than their notice. */
    private static final Set<String> PERMISSIVE =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0");

    private JsonNode components;

    @BeforeEach
    void read() throws IOException {
        assumeTrue(Files.exists(BOM), "no bill of materials: the build had no network");
        components = new ObjectMapper().readTree(BOM.toFile()).path("components");
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(licence -> licence.at("/license/id")
                        .asText(licence.at("/license/name")
                                .asText(licence.path("expression").asText())))
                .toList();
    }

    /** A library once, whatever number of platforms it comes for. */
    private String table() {
        TreeMap<String, TreeSet<String>> rows = new TreeMap<>();
        for (JsonNode component : components) {
            String library = component.path("group").asText() + ":"
                    + component.path("name").asText();
            if (!library.startsWith("io.ringdown:")) {
                rows.computeIfAbsent(library, any -> new TreeSet<>())
                        .add(" | " + component.path("version").asText() + " | " + String.join(", ", licences(component))
                                + " |");
            }
        }
        StringBuilder table = new StringBuilder(TABLE);
        rows.forEach((library, rest) -> rest.forEach(
                cells -> table.append("| ").append(library).append(cells).append('\n')));
        return table.toString();
    }

    @Test
    void shouldBeUnderPermissiveLicences() {
        assertThat(components)
                .isNotEmpty()
                .allSatisfy(component -> assertThat(licences(component))
                        .as(component.path("purl").asText())
                        .isNotEmpty()
                        .allMatch(PERMISSIVE::contains));
    }

    @Test
    void shouldBeListedForReaders() throws IOException {
        String table = table();
        Path made = Files.writeString(Path.of("target/dependencies.txt"), table);

        assertThat(Files.readString(PAGE))
                .as("the table of docs/dependencies.md; as it must be it stands in bridge/%s", made)
                .endsWith(table);
    }
}
