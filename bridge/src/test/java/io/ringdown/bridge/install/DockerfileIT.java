package io.ringdown.bridge.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringdown.bridge.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java runtime that the Dockerfile makes, without the container around it. */
class DockerfileIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    @Test
    void shouldHoldAllModulesThatACallNeeds() throws Exception {
        Path jlink = JDK.resolve("bin/jlink");
        assumeTrue(Files.isExecutable(jlink), "no jlink here: the container's runtime is not tried");
        String dockerfile = Files.readString(Path.of("../docs/operations/docker/Dockerfile"));
        Matcher modules = Pattern.compile("--add-modules (\\S+)").matcher(dockerfile);
        assertThat(modules.find()).isTrue();
        Path runtime = folder.resolve("java");
        Archive.run(jlink.toString(), "--output", runtime.toString(), "--add-modules", modules.group(1));

        Command.Result calls = Command.run(new ProcessBuilder(
                        runtime.resolve("bin/java").toString(),
                        "-jar",
                        Path.of("target/ringdown-all.jar").toAbsolutePath().toString(),
                        "load",
                        "--calls=2",
                        "--concurrent=2")
                .directory(folder.toFile()));

        assertThat(calls.output()).contains("OK: 2 of 2 calls hung up exactly once");
        assertThat(calls.exitCode()).isZero();
    }
}
