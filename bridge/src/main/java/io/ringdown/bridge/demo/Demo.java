package io.ringdown.bridge.demo;

import io.ringdown.bridge.audio.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays the scenarios side by side, each on a server of its own, and tells them one after the other. */
public final class Demo {
    private final Path folder;
    private final List<Scenario> scenarios;

    /**
     * @param folder for the recordings; made when it is missing
     * @param callerAudio what the caller says in the conversation, instead of the shipped lines
     * @throws IOException in one line, when the file cannot be read or the folder not be made
     */
    public Demo(Path folder, Optional<Path> callerAudio) throws IOException {
        this.folder = folder;
        scenarios = new ArrayList<>(Scenario.all());
        if (callerAudio.isPresent()) {
            scenarios.set(
                    0,
                    Scenario.conversationWith(Recording.read(callerAudio.get()).muLaw()));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + " for the recordings", e);
        }
    }

    /** Blocks for as long as the longest call. True when every call ended as expected. */
    public boolean play(PrintWriter out) throws InterruptedException {
        TappedLog log = TappedLog.tap();
        out.printf("Playing %d calls side by side, in real time ...%n", scenarios.size());
        out.flush();
        ExecutorService stages = Executors.newFixedThreadPool(scenarios.size());
        try {
            List<Future<Performance>> performances = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                performances.add(stages.submit(() -> Performance.of(scenario, log, folder)));
            }
            return tell(performances, out);
        } finally {
            stages.shutdownNow();
        }
    }

    private boolean tell(List<Future<Performance>> performances, PrintWriter out) throws InterruptedException {
        List<Performance> played = new ArrayList<>();
        boolean asExpected = true;
        for (Future<Performance> performance : performances) {
            try {
                played.add(performance.get());
                tell(played.get(played.size() - 1), out);
            } catch (ExecutionException e) {
                asExpected = false;
                out.println("\nFAILED: " + e.getCause().getMessage());
            }
            out.flush();
        }
        summarise(played, out);
        return asExpected && played.stream().allMatch(one -> one.unmet().isEmpty());
    }

    private static void tell(Performance played, PrintWriter out) {
        out.printf("%n%s%n", played.scenario().title());
        played.timeline().lines().forEach(line -> out.println("  " + line));
        out.println("  expected  " + played.scenario().expected());
        out.println("  actual    " + played.outcome());
        out.printf(
                "  cut-off %d ms, dead air %.1f ms, %s%n",
                played.outcome().cutOffMs(),
                played.outcome().deadAirMs(),
                played.unmet().isEmpty() ? "as expected" : "NOT AS EXPECTED: " + String.join("; ", played.unmet()));
    }

    private static void summarise(List<Performance> played, PrintWriter out) {
        out.printf("%n%-14s %-12s %10s %12s  %s%n", "call", "outcome", "cut-off", "dead air", "what the caller heard");
        for (Performance one : played) {
            out.printf(
                    "%-14s %-12s %7d ms %9.1f ms  %s%n",
                    one.scenario().name(),
                    one.unmet().isEmpty() ? "as expected" : "DIFFERENT",
                    one.outcome().cutOffMs(),
                    one.outcome().deadAirMs(),
                    one.recording());
        }
        out.flush();
    }
}
