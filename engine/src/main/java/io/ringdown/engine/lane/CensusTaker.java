package io.ringdown.engine.lane;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Requests for a lane's {@link Census}, and the latest that was published: nothing is made that nobody asked for. */
final class CensusTaker {
    private final AtomicLong asked = new AtomicLong();
    private long answered; // the lane's
    private volatile Census latest = new Census(0, 0, List.of());

    /** Any thread. Returns the number that the census will have, or be past. */
    long ask() {
        return asked.incrementAndGet();
    }

    /** Any thread. */
    Census latest() {
        return latest;
    }

    /** Any thread: the number of the latest request. */
    long asked() {
        return asked.get();
    }

    /** Lane only. */
    boolean isAsked() {
        return asked.get() != answered;
    }

    /** Lane only: requests up to {@code number} are answered by one census. Returns how many were made. */
    int answer(long number, long nowNs, LaneCalls calls) {
        if (number == answered) {
            return 0;
        }
        answered = number;
        latest = new Census(number, nowNs, calls.snapshots());
        return 1;
    }
}
