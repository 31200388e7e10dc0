package io.ringdown.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs every stress test for a moment, first with what is ours, then with the broken twins. Fails when one of ours showed
 * what is forbidden or was not run at all (JCStress leaves out tests that need more cores than there are, and is content),
 * and when a twin did not show it: such a test would prove nothing.
 */
public final class QuickRun {
    /** What is broken shows by chance, so it has another chance. What is ours has none. */
    private static final int TWIN_ROUNDS = 3;

    private final Path folder;

    private QuickRun(Path folder) {
        this.folder = folder;
    }

    /** @param args the folder for reports and results */
    public static void main(String[] args) throws IOException, InterruptedException {
        QuickRun run = new QuickRun(Files.createDirectories(Path.of(args[0])));
        Collection<String> declared = TestList.tests();
        boolean oursHold = run.oursHold(declared);
        boolean twinsFall = run.twinsFall(declared);
        if (declared.isEmpty() || !oursHold || !twinsFall) {
            System.exit(1);
        }
    }

    private boolean oursHold(Collection<String> declared) throws IOException, InterruptedException {
        StressRun ours = StressRun.of(folder.resolve("ours"), declared, false);
        boolean hold = ours.exitCode() == 0 && ours.executed() == declared.size();
        if (!hold) {
            System.out.println(ours.console());
        }
        System.out.printf(
                "stress tests: %d of %d run, exit code %d%n", ours.executed(), declared.size(), ours.exitCode());
        return hold;
    }

    private boolean twinsFall(Collection<String> declared) throws IOException, InterruptedException {
        Map<String, String> fallen = new LinkedHashMap<>();
        Set<String> standing = new TreeSet<>(declared);
        for (int round = 1; round <= TWIN_ROUNDS && !standing.isEmpty(); round++) {
            StressRun twins = StressRun.of(folder.resolve("twins-" + round), standing, true);
            fallen.putAll(twins.forbidden());
            standing.removeAll(fallen.keySet());
        }
        fallen.forEach((test, seen) -> System.out.println("broken twin caught: " + shortName(test) + ": " + seen));
        System.out.printf("broken twins: %d of %d caught%n", fallen.size(), declared.size());
        if (!standing.isEmpty()) {
            System.out.println("broken twins that look sound: "
                    + standing.stream().map(QuickRun::shortName).collect(Collectors.joining(", ")));
        }
        return standing.isEmpty();
    }

    private static String shortName(String test) {
        return test.substring(QuickRun.class.getPackageName().length() + 1);
    }
}
