package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringdown.bridge.Command;
import io.ringdown.bridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit in {@code docs/operations/systemd}, as systemd itself judges it. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("../docs/operations/systemd/ringdown.service");

    /** In tenths, of 100; what keeps it from less is named in the unit. */
    private static final String MOST_EXPOSURE = "12";

    @TempDir
    private Path folder;

    /** systemd looks whether what is started is there, and it is not where it is built. */
    private Path unitOfThisTree() throws IOException {
        Path launcher = Path.of("../ringdown").toRealPath();
        String unit = Files.readString(UNIT).replace("/opt/ringdown/ringdown", launcher.toString());
        return Files.writeString(folder.resolve("ringdown.service"), unit);
    }

    private static void needsSystemd() {
        assumeTrue(Command.exists("systemd-analyze"), "no systemd-analyze here: the unit is not judged");
    }

    private static List<String> values(String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + name + "=(.*)$").matcher(Files.readString(UNIT));
        return line.results().map(found -> found.group(1)).toList();
    }

    @Test
    void shouldBeAUnitThatSystemdUnderstands() throws Exception {
        needsSystemd();
        Command.Result result =
                Command.run("systemd-analyze", "verify", unitOfThisTree().toString());
        assertThat(result.output()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void shouldExposeLittle() throws Exception {
        needsSystemd();
        Command.Result result = Command.run(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=" + MOST_EXPOSURE,
                "--no-pager",
                unitOfThisTree().toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void shouldGiveLiveCallsTheirTimeAtAStop() throws IOException {
        Settings defaults = Settings.load(
                Optional.empty(),
                Map.of("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false", "OPENAI_API_KEY", "k"),
                Map.of());
        int stopS = Integer.parseInt(values("TimeoutStopSec").get(0));

        assertThat(stopS).isGreaterThan(defaults.limits().drainAtShutdownS() + 60);
        assertThat(values("KillMode")).containsExactly("mixed");
    }

    @Test
    void shouldNameOnlyVariablesThatAreRead() throws IOException {
        assertThat(values("Environment"))
                .isNotEmpty()
                .allSatisfy(value -> assertThat(Variables.READ).contains(value.replaceFirst("=.*", "")));
    }
}
