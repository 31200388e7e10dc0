package io.ringdown.bridge.record;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * When each document is sent. A try that failed makes its document wait, and the receiver too: while it fails, one
 * document at a time is tried, and ever more rarely. No clock and no I/O inside; one thread.
 */
final class DeliveryPlan {
    static final long FIRST_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_PAUSE_NS = TimeUnit.MINUTES.toNanos(5);
    static final int AT_ONCE = 4;
    private static final long NEVER = Long.MAX_VALUE;

    private static final class Document {
        final String id;
        final long number;
        int failures;
        long dueNs;

        Document(String id, long number, long dueNs) {
            this.id = id;
            this.number = number;
            this.dueNs = dueNs;
        }
    }

    private final LongUnaryOperator random;
    private final PriorityQueue<Document> waiting = new PriorityQueue<>(
            Comparator.<Document>comparingLong(document -> document.dueNs).thenComparing(document -> document.number));
    private final Map<String, Document> sending = new HashMap<>();

    /** All that wait or are being sent. */
    private final Set<String> known = new HashSet<>();

    private long lastNumber;
    private int failuresInARow;
    private long pausedUntilNs;

    /** @param random a number from 0 to below its argument: who failed together must not come back together */
    DeliveryPlan(LongUnaryOperator random) {
        this.random = random;
    }

    /** Once: one that waits or is being sent stays as it is. */
    void add(String id, long nowNs) {
        if (known.add(id)) {
            waiting.add(new Document(id, ++lastNumber, nowNs));
        }
    }

    /** The next to be sent now, or null. It counts as being sent until told otherwise. */
    String next(long nowNs) {
        Document document = dueNs() <= nowNs ? waiting.poll() : null;
        if (document == null) {
            return null;
        }
        sending.put(document.id, document);
        return document.id;
    }

    /** When {@link #next} has something, in ns; {@code Long.MAX_VALUE} if not before something is told. */
    long dueNs() {
        boolean busy = sending.size() >= (failuresInARow == 0 ? AT_ONCE : 1);
        if (busy || waiting.isEmpty()) {
            return NEVER;
        }
        return failuresInARow == 0 ? waiting.peek().dueNs : Math.max(waiting.peek().dueNs, pausedUntilNs);
    }

    /** It needs no further try: the receiver took it, or said that it never will. */
    void settled(String id) {
        sending.remove(id);
        known.remove(id);
        failuresInARow = 0;
    }

    /** It is tried again, at the earliest after {@code atLeastNs}, as the receiver asked. */
    void failed(String id, long nowNs, long atLeastNs) {
        failuresInARow++;
        pausedUntilNs = nowNs + Math.max(atLeastNs, pauseNs(failuresInARow));
        Document document = sending.remove(id);
        if (document != null) {
            document.failures++;
            document.dueNs = nowNs + Math.max(atLeastNs, pauseNs(document.failures));
            waiting.add(document);
        }
    }

    /** Doubles from one second to five minutes; of that, the second half is left to chance. */
    private long pauseNs(int failures) {
        long pauseNs = Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(failures - 1, 16));
        return pauseNs / 2 + random.applyAsLong(pauseNs / 2 + 1);
    }

    /** Nobody wants it any more. */
    void forget(String id) {
        sending.remove(id);
        known.remove(id);
        waiting.removeIf(document -> document.id.equals(id));
    }

    /** Whether nothing is being sent. */
    boolean isQuiet() {
        return sending.isEmpty();
    }

    /** What waits and what is being sent. */
    int size() {
        return known.size();
    }
}
