package io.ringdown.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.Main;

/**
 * One run of JCStress, in a process of its own, and what it said.
 *
 * @param exitCode 0 when nothing forbidden was seen, which includes that nothing was run
 * @param console all its output
 */
record StressRun(int exitCode, String console) {
    /** About three seconds a test: no compilation apart, one fork of each kind, one short iteration. */
    private static final List<String> QUICK =
            List.of("-sc", "false", "-f", "1", "-fsm", "1", "-iters", "1", "-time", "200", "-pth", "false");

    private static final Pattern RESULTS = Pattern.compile("tests: (\\d+) matching test results");
    private static final Pattern FAILED = Pattern.compile("\\[FAILED] (\\S+)");
    private static final Pattern FORBIDDEN =
            Pattern.compile("^ +(.*\\S) +([1-9][\\d,]*) +<?[\\d.]+% +Forbidden +(.*)$");

    /** @param folder for its report and results, emptied by nobody */
    static StressRun of(Path folder, Collection<String> tests, boolean broken)
            throws IOException, InterruptedException {
        Path console = Files.createDirectories(folder).resolve("console.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(QUICK);
        command.addAll(List.of("-r", "report", "-t", anyOf(tests), "-jvmArgs", jvmArgs(broken)));
        int exitCode = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start()
                .waitFor();
        return new StressRun(exitCode, Files.readString(console));
    }

    private static String anyOf(Collection<String> tests) {
        return tests.stream().map(test -> test.replace(".", "\\.")).collect(Collectors.joining("|", "^(", ")$"));
    }

    private static String jvmArgs(boolean broken) {
        return "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED"
                + " -Dslf4j.internal.verbosity=ERROR -D" + Subject.BROKEN_PROPERTY + "=" + broken;
    }

    /** How many tests have a result, good or bad. */
    long executed() {
        return RESULTS.matcher(console)
                .results()
                .mapToLong(counted -> Long.parseLong(counted.group(1)))
                .sum();
    }

    /** The tests that saw what is forbidden, each with what that was. A test that broke down in another way is not among them. */
    Map<String, String> forbidden() {
        Map<String, String> seen = new LinkedHashMap<>();
        String test = null;
        for (String line : console.lines().toList()) {
            Matcher failed = FAILED.matcher(line);
            Matcher forbidden = FORBIDDEN.matcher(line);
            if (failed.find()) {
                test = failed.group(1);
            } else if (forbidden.matches()) {
                seen.put(test, "'" + forbidden.group(3) + "' " + forbidden.group(2) + " times");
            }
        }
        return seen;
    }
}
