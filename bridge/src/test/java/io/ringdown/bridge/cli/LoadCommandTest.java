package io.ringdown.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class LoadCommandTest {
    private static final String PORTS = "--model-port=19001 --rest-port=19002 ";

    static Stream<List<String>> badUsage() {
        return Stream.of(
                List.of("--calls=0", "--calls"),
                List.of("--calls=many", "--calls"),
                List.of("--concurrent=0", "--concurrent"),
                List.of("--ramp-ms=-1", "--ramp-ms"),
                List.of("--model-port=65536", "--model-port"),
                List.of("--rest-port=-1", "--rest-port"),
                List.of("--json=/no/such/folder/figures.json", "--json"),
                List.of("--url=http://127.0.0.1:8080/twilio/voice", "--model-port"),
                List.of(PORTS + "--url=https://127.0.0.1:8443/twilio/voice", "--url"),
                List.of(PORTS + "--url=127.0.0.1:8080", "--url"),
                List.of(PORTS + "--url=http://127.0.0.1/twilio/voice", "--url"),
                List.of(PORTS + "--url=http://127.0.0.1:8080", "--url"),
                List.of(PORTS + "--url=http://", "--url"),
                List.of("--tls=/tmp", "--tls"),
                List.of(PORTS + "--seconds=1 --tls=/tmp --url=ws://127.0.0.1:8080/twilio/media", "--url"),
                List.of("--seconds=0", "--seconds"),
                List.of("--html=page.html", "--html"),
                List.of("--goodbye", "--goodbye"),
                List.of("--find-limit --goodbye", "--goodbye"),
                List.of("--seconds=1 --html=/no/such/folder/page.html", "--html"),
                List.of("--compare=a.json", "--compare"),
                List.of("--burst=5", "--burst"));
    }

    @ParameterizedTest
    @MethodSource("badUsage")
    void shouldExitWithTwoAndNameTheOption(List<String> usage) {
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new LoadCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(usage.get(0).split(" "));
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(usage.get(1));
    }
}
