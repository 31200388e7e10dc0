package io.ringdown.bridge.load.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a soak is to be.
 *
 * @param calls that live at the same time
 * @param warm how long calls come before the first look at an idle server
 * @param soak how long they come between the first look and the last
 * @param ringdown the command that starts Ringdown, without its arguments
 * @param folder where the server runs and its log, journal and call records are left; must exist
 * @param seed of all that is random
 */
record SoakPlan(int calls, Duration warm, Duration soak, List<String> ringdown, Path folder, long seed) {
    private static final Duration LONGEST_WARM = Duration.ofMinutes(3);
    private static final int KILLS_AT_LEAST = 3;
    private static final Duration SHORTEST_WITHOUT_KILL = Duration.ofSeconds(10);
    private static final Duration LONGEST_WITHOUT_KILL = Duration.ofSeconds(90);
    private static final int ROWS = 30;
    private static final Duration SHORTEST_ROW = Duration.ofSeconds(5);

    /** So many minutes, of which a tenth, but no more than three minutes, warm the server up. */
    static SoakPlan of(Duration all, int calls, List<String> ringdown, Path folder) {
        Duration warm = shorter(all.dividedBy(10), LONGEST_WARM);
        return new SoakPlan(calls, warm, all.minus(warm), ringdown, folder, 1);
    }

    /** The model is killed in the first wave too: an idle server must have seen its worst moments before it is looked at. */
    static Duration betweenKills(Duration wave) {
        return longer(SHORTEST_WITHOUT_KILL, shorter(wave.dividedBy(KILLS_AT_LEAST + 1), LONGEST_WITHOUT_KILL));
    }

    Duration betweenRows() {
        Duration row = warm.plus(soak).dividedBy(ROWS);
        return longer(SHORTEST_ROW, row);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
