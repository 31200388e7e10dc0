package io.ringdown.engine.lane;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, time after time, counted in buckets from 10 μs to 30 s. The lane records, without a locked
 * instruction and without garbage; any thread reads.
 */
public final class Durations {
    private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};
    private static final long SHORTEST_NS = 10_000;
    private static final long LONGEST_NS = 30_000_000_000L;
    private static final long[] BOUNDS_NS = bounds();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_NS.length + 1);
    private final AtomicLong sumNs = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();

    private static long[] bounds() {
        long[] bounds = new long[64];
        int made = 0;
        for (long decade = SHORTEST_NS; decade <= LONGEST_NS; decade *= 10) {
            for (double step : STEPS) {
                long bound = (long) (decade * step);
                if (bound <= LONGEST_NS) {
                    bounds[made++] = bound;
                }
            }
        }
        return Arrays.copyOf(bounds, made);
    }

    /** Upper bounds of all buckets but the last, which has none, in ns, ascending; a bound belongs to the bucket below it. */
    public static long[] boundsNs() {
        return BOUNDS_NS.clone();
    }

    /** Lane only. What is negative, as between two clocks, counts as nothing. */
    void record(long tookNs) {
        long ns = Math.max(0, tookNs);
        int found = Arrays.binarySearch(BOUNDS_NS, ns);
        int bucket = found < 0 ? -found - 1 : found;
        counts.lazySet(bucket, counts.getPlain(bucket) + 1);
        sumNs.lazySet(sumNs.getPlain() + ns);
        if (ns > longestNs.getOpaque()) {
            longestNs.lazySet(ns);
        }
    }

    /** Any thread: what was recorded so far; what is recorded meanwhile may be in one part of the answer and not in another. */
    public Distribution soFar() {
        long[] counted = new long[counts.length()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = counts.get(i);
        }
        return new Distribution(counted, sumNs.get());
    }

    /** One thread but the lane's: the longest since this was asked last, in ns; 0 if none. */
    public long takeLongestNs() {
        return longestNs.getAndSet(0);
    }
}
