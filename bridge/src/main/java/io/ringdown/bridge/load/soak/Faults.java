package io.ringdown.bridge.load.soak;

import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Breaks what stands around the server, again and again, on a thread of its own: the model's process is killed and started
 * anew, and the carrier's API fails.
 */
final class Faults {
    private static final List<RestAnswer> FAILURES = List.of(
            RestAnswer.error(500, 20500),
            RestAnswer.unavailable(),
            RestAnswer.tooManyRequests(),
            RestAnswer.silent(),
            RestAnswer.dropped());
    private static final int MOST_FAILURES = 4; // one more than a hangup has tries
    private static final long BETWEEN_FAILURES_MS = 4_000;
    private static final int LONGEST_WITHOUT_MODEL_MS = 3_000;

    private final KillableModel model;
    private final SimulatedRest rest;
    private final long betweenKillsNs;
    private final SplittableRandom random;
    private final Thread thread = new Thread(this::run, "faults");
    private volatile String failure;

    private Faults(KillableModel model, SimulatedRest rest, Duration betweenKills, long seed) {
        this.model = model;
        this.rest = rest;
        betweenKillsNs = betweenKills.toNanos();
        random = new SplittableRandom(seed);
        thread.setDaemon(true);
    }

    static Faults begin(KillableModel model, SimulatedRest rest, Duration betweenKills, long seed) {
        Faults faults = new Faults(model, rest, betweenKills, seed);
        faults.thread.start();
        return faults;
    }

    private void run() {
        long killNs = System.nanoTime() + betweenKillsNs;
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_FAILURES_MS);
                failAnswers();
                if (System.nanoTime() - killNs >= 0) {
                    replaceModel();
                    killNs += betweenKillsNs;
                }
            }
        } catch (InterruptedException over) {
            // the model lives: it is killed and revived on this thread alone, or its revival was interrupted at the
            // very end
        } catch (IOException e) {
            failure = e.getMessage();
        }
    }

    private void replaceModel() throws IOException, InterruptedException {
        model.kill();
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WITHOUT_MODEL_MS));
        } finally {
            model.revive();
        }
    }

    private void failAnswers() {
        RestAnswer[] answers = random.ints(random.nextInt(1, MOST_FAILURES + 1), 0, FAILURES.size())
                .mapToObj(FAILURES::get)
                .toArray(RestAnswer[]::new);
        rest.answer(answers);
    }

    /** No more of them; throws what kept this from breaking things. */
    void end() throws IOException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException(failure);
        }
    }
}
