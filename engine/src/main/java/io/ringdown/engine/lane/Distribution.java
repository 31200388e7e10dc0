package io.ringdown.engine.lane;

import java.util.Arrays;

/**
 * How many durations fell into each bucket of {@link Durations}, read at one moment. Immutable.
 */
public final class Distribution {
    private static final long[] BOUNDS_NS = Durations.boundsNs();

    /** Of nothing. */
    public static final Distribution NONE = new Distribution(new long[BOUNDS_NS.length + 1], 0);

    private final long[] counts;
    private final long sumNs;

    /** Takes the array over. */
    Distribution(long[] counts, long sumNs) {
        this.counts = counts;
        this.sumNs = sumNs;
    }

    /** What came since {@code earlier}, a reading of the same durations. */
    public Distribution since(Distribution earlier) {
        long[] more = new long[counts.length];
        Arrays.setAll(more, i -> counts[i] - earlier.counts[i]);
        return new Distribution(more, sumNs - earlier.sumNs);
    }

    /** Both together. */
    public Distribution and(Distribution other) {
        long[] all = new long[counts.length];
        Arrays.setAll(all, i -> counts[i] + other.counts[i]);
        return new Distribution(all, sumNs + other.sumNs);
    }

    /** Durations of each bucket, the last without an upper bound. */
    public long[] counts() {
        return counts.clone();
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    public long sumNs() {
        return sumNs;
    }

    /**
     * What {@code share} of all durations, from 0 to 1, did not exceed, in ns: reckoned as if a bucket's were spread evenly
     * over it. 0 if there is none; the highest bound if it lies beyond.
     */
    public long quantileNs(double share) {
        double wanted = share * count();
        if (wanted <= 0) {
            return 0;
        }
        long below = 0;
        for (int i = 0; i < BOUNDS_NS.length; i++) {
            if (below + counts[i] >= wanted) {
                long fromNs = i == 0 ? 0 : BOUNDS_NS[i - 1];
                return fromNs + (long) ((BOUNDS_NS[i] - fromNs) * (wanted - below) / counts[i]);
            }
            below += counts[i];
        }
        return BOUNDS_NS[BOUNDS_NS.length - 1];
    }
}
