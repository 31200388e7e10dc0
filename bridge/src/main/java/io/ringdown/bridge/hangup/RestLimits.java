package io.ringdown.bridge.hangup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long a hangup is tried, and how many at once. Immutable.
 *
 * @param pauses before each try, the first included; there are as many tries as pauses
 * @param timeout of each try, from connecting to the last byte of the answer
 * @param maxInFlight requests on the wire at once, and so connections
 * @param maxUnfinished hangups taken and without an outcome yet; one more is not taken
 */
public record RestLimits(List<Duration> pauses, Duration timeout, int maxInFlight, int maxUnfinished) {
    /** Throws IllegalArgumentException when nothing could ever be tried within these limits. */
    public RestLimits {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || maxInFlight < 1 || maxUnfinished < 1) {
            throw new IllegalArgumentException("nothing can be tried: pauses=" + pauses + " maxInFlight=" + maxInFlight
                    + " maxUnfinished=" + maxUnfinished);
        }
    }

    /** The usual three tries, at once and after 250 and 1,000 ms, each with this timeout. */
    public static RestLimits threeTries(Duration timeout) {
        return new RestLimits(
                List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1)), timeout, 64, 4_096);
    }

    int tries() {
        return pauses.size();
    }

    /** How long to wait for the next try after this many, of which {@code last} came. */
    Duration pauseAfter(int attempts, Answer last) {
        Duration pause = pauses.get(attempts);
        if (!last.saysTooMany()) {
            return pause;
        }
        // those who were too many at once must not come back at once
        return pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1));
    }

    /** What all tries take when each of them times out. No hangup is begun later than this, wherever it waited. */
    public Duration patience() {
        return pauses.stream().reduce(timeout.multipliedBy(tries()), Duration::plus);
    }
}
