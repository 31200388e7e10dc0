package io.ringdown.bridge.operations.api;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.DrainProgress;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How the server is doing as a whole.
 *
 * @param nowMs since the epoch
 * @param draining whether no new calls are taken
 * @param drain how far that has come, null while calls are taken
 * @param live places taken
 */
record ServerView(long nowMs, boolean draining, Drain drain, int live, int capacity) {
    /**
     * A drain.
     *
     * @param stage what live calls are told
     * @param since in ISO 8601
     * @param msToLimit until calls that go on are asked to end
     */
    record Drain(String stage, String since, int callsLeft, long msToLimit) {
        private static Drain of(DrainProgress progress) {
            return new Drain(
                    progress.stage().name().toLowerCase(Locale.ROOT),
                    progress.since().truncatedTo(ChronoUnit.MILLIS).toString(),
                    progress.callsLeft(),
                    progress.msToLimit());
        }
    }

    static ServerView now(Admission admission, Optional<DrainProgress> progress) {
        return new ServerView(
                System.currentTimeMillis(),
                progress.isPresent() || admission.isDraining(),
                progress.map(Drain::of).orElse(null),
                admission.calls(),
                admission.maxCalls());
    }
}
