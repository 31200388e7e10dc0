package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile in {@code docs/operations/docker}, as far as it can be held to its word without a container. */
class DockerfileTest {
    private final String dockerfile;

    DockerfileTest() throws IOException {
        dockerfile = Files.readString(Path.of("../docs/operations/docker/Dockerfile"));
    }

    private String last(String instruction) {
        Matcher line = Pattern.compile("(?m)^" + instruction + " (.*)$").matcher(dockerfile.replace("\\\n", ""));
        return line.results().reduce((earlier, later) -> later).orElseThrow().group(1);
    }

    private static List<?> exec(String instruction) throws IOException {
        return new ObjectMapper().readValue(instruction.substring(instruction.indexOf('[')), List.class);
    }

    @Test
    void shouldRunTheLauncherItselfAndNotAShellThatKeepsSignals() throws IOException {
        assertThat(exec(last("ENTRYPOINT"))).isEqualTo(List.of("/opt/ringdown/ringdown"));
        assertThat(exec(last("CMD"))).isEqualTo(List.of("serve"));
        assertThat(last("STOPSIGNAL")).isEqualTo("SIGTERM");
    }

    @Test
    void shouldNotRunAsRoot() {
        assertThat(last("USER")).matches("[1-9]\\d+:[1-9]\\d+");
    }

    @Test
    void shouldOpenTheDefaultPorts() {
        assertThat(last("EXPOSE")).isEqualTo("8080 9090");
    }

    @Test
    void shouldFindASickServerByItsHealthCheck() throws Exception {
        List<?> check = exec(last("HEALTHCHECK"));
        try (OneAnswer sick = OneAnswer.of("HTTP/1.1 503 Service Unavailable\r\n\r\n");
                OneAnswer well = OneAnswer.of("HTTP/1.1 200 OK\r\n\r\n")) {
            assertThat(exitCode(check, sick.port())).isNotZero();
            assertThat(exitCode(check, well.port())).isZero();
            assertThat(well.request()).startsWith("GET /health/live HTTP/1.1\r\n");
        }
        assertThat(exitCode(check, 1)).as("nobody listens").isNotZero();
    }

    private static int exitCode(List<?> check, int port) throws IOException, InterruptedException {
        String[] command = check.stream()
                .map(word -> word.toString().replace("127.0.0.1/9090", "127.0.0.1/" + port))
                .toArray(String[]::new);
        return Command.run(command).exitCode();
    }
}
