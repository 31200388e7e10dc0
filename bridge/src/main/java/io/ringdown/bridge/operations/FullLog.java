package io.ringdown.bridge.operations;

import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.async.AsyncQueueFullPolicy;
import org.apache.logging.log4j.core.async.EventRoute;

/**
 * When the log's disk or terminal is slower than what is logged, lines are dropped and counted: no lane waits for it (S57).
 * Named in {@code log4j2.component.properties}, and made by the logging library. Any thread.
 */
public final class FullLog implements AsyncQueueFullPolicy {
    private static final LongAdder DROPPED = new LongAdder();

    /** Lines dropped by this process so far. */
    public static long droppedLines() {
        return DROPPED.sum();
    }

    @Override
    public EventRoute getRoute(long backgroundThreadId, Level level) {
        if (Thread.currentThread().getId() == backgroundThreadId) {
            return EventRoute.SYNCHRONOUS; // the log's own thread would drop what it alone can write
        }
        DROPPED.increment();
        return EventRoute.DISCARD;
    }
}
