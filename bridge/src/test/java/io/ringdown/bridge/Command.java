package io.ringdown.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another program, run to its end. */
public final class Command {
    private static final int LONGEST_S = 180;

    private Command() {}

    /** @param output what it printed, errors too */
    public record Result(int exitCode, String output) {}

    /** Whether a program of this name can be found. */
    public static boolean exists(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    public static Result run(String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command));
    }

    /** @throws IOException also when it is not over in a minute */
    public static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("not over in " + LONGEST_S + " s: " + builder.command());
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
