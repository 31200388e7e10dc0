package io.ringdown.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.openjdk.jcstress.Main;

/**
 * Runs every stress test for a moment, and fails when one of them saw what is forbidden or was not run at all: JCStress leaves
 * out tests that need more cores than there are, and is content.
 */
public final class QuickRun {
    private static final Pattern RESULTS = Pattern.compile("tests: (\\d+) matching test results");

    private QuickRun() {}

    /** @param args the folder for report and results */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path console = folder.resolve("console.txt");
        int exitCode = run(folder, console);
        String said = Files.readString(console);
        long declared = declared();
        long executed = executed(said);
        System.out.println("stress tests: " + executed + " of " + declared + " run, exit code " + exitCode);
        if (exitCode != 0 || declared == 0 || executed != declared) {
            System.out.println(said);
            System.exit(1);
        }
    }

    private static int run(Path folder, Path console) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "-sc",
                "false",
                "-f",
                "1",
                "-fsm",
                "1",
                "-iters",
                "1",
                "-time",
                "200",
                "-r",
                "report",
                "-jvmArgs",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start()
                .waitFor();
    }

    /** What the annotation processor found. */
    private static long declared() {
        try (BufferedReader list = new BufferedReader(new InputStreamReader(
                QuickRun.class.getResourceAsStream("/META-INF/TestList"), StandardCharsets.UTF_8))) {
            return list.lines().filter(line -> line.startsWith("JCTEST")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has a result, good or bad. */
    private static long executed(String said) {
        return RESULTS.matcher(said)
                .results()
                .map(MatchResult::group)
                .mapToLong(group -> Long.parseLong(group.replaceAll("\\D", "")))
                .sum();
    }
}
