package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ringdown.bridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests in {@code docs/operations/kubernetes}, held against what the server really does. */
class KubernetesTest {
    private static final Path MANIFESTS = Path.of("../docs/operations/kubernetes/ringdown.yaml");

    @TempDir
    private Path folder;

    private List<JsonNode> manifests;
    private JsonNode pod;
    private JsonNode container;
    private Settings settings;

    @BeforeEach
    void read() throws IOException {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(MANIFESTS.toFile())) {
            manifests = documents.readAll();
        }
        pod = only("Deployment").at("/spec/template/spec");
        container = pod.at("/containers/0");
        String configuration = only("ConfigMap").at("/data/ringdown.yaml").asText();
        Path file = Files.writeString(folder.resolve("ringdown.yaml"), configuration);
        settings = Settings.load(
                Optional.of(file),
                Map.of("OPENAI_API_KEY", "k", "TWILIO_AUTH_TOKEN", "t", "RINGDOWN_ADMIN_TOKEN", "a"),
                Map.of());
    }

    private JsonNode only(String kind) {
        List<JsonNode> found = manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private int port(String name) {
        return StreamSupport.stream(container.path("ports").spliterator(), false)
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    @Test
    void shouldOpenThePortsThatTheConfigurationListensOn() {
        assertThat(port("carrier")).isEqualTo(settings.listen().port());
        assertThat(port("operations")).isEqualTo(settings.admin().listen().port());
        assertThat(only("Service").at("/spec/ports/0/targetPort").asText()).isEqualTo("carrier");
    }

    @Test
    void shouldBeProbedWhereHealthIsTold() {
        assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe")).allSatisfy(probe -> {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("operations");
            assertThat(container.at("/" + probe + "/httpGet/path").asText())
                    .isEqualTo(probe.equals("readinessProbe") ? "/health/ready" : "/health/live");
        });
    }

    @Test
    void shouldLetEveryCallFinishBeforeItIsKilled() {
        int sleepS = container.at("/lifecycle/preStop/exec/command/1").asInt();
        int drainS = settings.limits().drainAtShutdownS();

        assertThat(drainS).isGreaterThan(settings.limits().maxDurationS());
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(sleepS + drainS + 60);
        assertThat(only("Deployment")
                        .at("/spec/strategy/rollingUpdate/maxUnavailable")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void shouldRunAsNobodyWithNothingToWriteTo() {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
    }

    @Test
    void shouldNameOnlyVariablesThatAreRead() {
        assertThat(container.path("env"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(Variables.READ)
                        .contains(variable.path("name").asText()));
    }

    @Test
    void shouldSelectThePodsItMakes() {
        JsonNode labels = only("Deployment").at("/spec/template/metadata/labels");
        assertThat(only("Deployment").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(only("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(only("PodDisruptionBudget").at("/spec/selector/matchLabels")).isEqualTo(labels);
    }
}
