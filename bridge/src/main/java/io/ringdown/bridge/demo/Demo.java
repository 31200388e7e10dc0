package io.ringdown.bridge.demo;

import io.ringdown.bridge.audio.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays the scenarios side by side, each on a server of its own, and tells them one after the other. */
public final class Demo {
    /** A machine that stands still each time is told of as it is. */
    private static final int MOST_AGAIN = 3;

    private final Path folder;
    private final List<Scenario> scenarios;

    /** Plays {@code scenarios}; their recordings go to {@code folder}, which is there. */
    Demo(Path folder, List<Scenario> scenarios) {
        this.folder = folder;
        this.scenarios = List.copyOf(scenarios);
    }

    /**
     * The ordinary conversation, a goodbye in Hebrew, and the seed's scenarios.
     *
     * @param folder for the recordings; made when it is missing
     * @param callerAudio what the caller says in the conversation, instead of the shipped lines
     * @throws IOException in one line, when the file cannot be read or the folder not be made
     */
    public static Demo of(Path folder, Optional<Path> callerAudio) throws IOException {
        List<Scenario> scenarios = new ArrayList<>(Scenario.all());
        if (callerAudio.isPresent()) {
            scenarios.set(
                    0,
                    Scenario.conversationWith(Recording.read(callerAudio.get()).muLaw()));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(folder + ": cannot be made for the recordings: " + e, e);
        }
        return new Demo(folder, scenarios);
    }

    /** Blocks for as long as the longest call. True when every call ended as expected. */
    public boolean play(PrintWriter out, boolean coloured) throws InterruptedException {
        Report report = new Report(out, coloured);
        report.say("Playing " + scenarios.size() + " calls side by side, in real time; recordings go to " + folder
                + "/ ...");
        ExecutorService stages = Executors.newFixedThreadPool(scenarios.size());
        try (TappedLog log = TappedLog.tap()) {
            Map<Scenario, Future<Performance>> performances = new LinkedHashMap<>();
            for (Scenario scenario : scenarios) {
                performances.put(scenario, stages.submit(() -> play(scenario, log, report)));
            }
            return tell(performances, report);
        } finally {
            stages.shutdownNow();
        }
    }

    private Performance play(Scenario scenario, TappedLog log, Report report) throws Exception {
        Performance played = Performance.of(scenario, log, folder);
        for (int again = 0; again < MOST_AGAIN && played.provesNothing(); again++) {
            report.say("The machine stood still for " + played.standstillMs() + " ms, and " + scenario.name()
                    + " ended otherwise: it is played again");
            played = Performance.of(scenario, log, folder);
        }
        return played;
    }

    private static boolean tell(Map<Scenario, Future<Performance>> performances, Report report)
            throws InterruptedException {
        List<Performance> played = new ArrayList<>();
        for (Map.Entry<Scenario, Future<Performance>> performance : performances.entrySet()) {
            try {
                played.add(performance.getValue().get());
                report.tell(played.get(played.size() - 1));
            } catch (ExecutionException e) {
                report.failed(performance.getKey(), e.getCause());
            }
        }
        report.summarise(played);
        return played.size() == performances.size()
                && played.stream().allMatch(one -> one.unmet().isEmpty());
    }
}
