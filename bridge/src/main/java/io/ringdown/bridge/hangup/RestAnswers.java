package io.ringdown.bridge.hangup;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the carrier's API answered to requests for hangups, and how long that took. Any thread. */
public final class RestAnswers {
    /** Answers that mean the same to an operator, each with its name in the metrics. */
    public enum Kind {
        SUCCESS("2xx"),
        RATE_LIMITED("429"),
        CLIENT_ERROR("4xx"),
        SERVER_ERROR("5xx"),
        OTHER("other"),
        /** No connection, no answer in time, or an answer cut short. */
        NONE("none");

        private static final int TOO_MANY_REQUESTS = 429;

        private final String metricName;

        Kind(String metricName) {
            this.metricName = metricName;
        }

        public String metricName() {
            return metricName;
        }

        /** Of an HTTP status, 0 when there was no answer. */
        static Kind of(int status) {
            if (status == TOO_MANY_REQUESTS) {
                return RATE_LIMITED;
            }
            return switch (status / 100) {
                case 0 -> NONE;
                case 2 -> SUCCESS;
                case 4 -> CLIENT_ERROR;
                case 5 -> SERVER_ERROR;
                default -> OTHER;
            };
        }
    }

    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
    private final LongAdder tookNs = new LongAdder();

    RestAnswers() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    void count(int status, long ns) {
        counts.get(Kind.of(status)).increment();
        tookNs.add(ns);
    }

    /** Requests answered, or not, in that way. */
    public long count(Kind kind) {
        return counts.get(kind).sum();
    }

    /** All requests that came to an end. */
    public long count() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** What they took together. */
    public double seconds() {
        return tookNs.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
