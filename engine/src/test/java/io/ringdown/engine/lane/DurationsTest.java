package io.ringdown.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final long MS = 1_000_000;

    private final Durations durations = new Durations();

    @Test
    void shouldHaveBucketsFromTenMicrosecondsToThirtySeconds() {
        long[] bounds = Durations.boundsNs();
        assertThat(bounds).startsWith(10_000, 15_000, 20_000, 30_000, 50_000, 70_000, 100_000);
        assertThat(bounds).endsWith(10_000 * MS, 15_000 * MS, 20_000 * MS, 30_000 * MS);
        assertThat(bounds).isSorted();
        assertThat(Arrays.stream(bounds).distinct().count()).isEqualTo(bounds.length);
    }

    @Test
    void shouldPutABoundIntoTheBucketBelowIt() {
        durations.record(20 * MS);
        durations.record(20 * MS + 1);
        long[] counts = durations.soFar().counts();
        int bucket = Arrays.binarySearch(Durations.boundsNs(), 20 * MS);
        assertThat(counts[bucket]).isEqualTo(1);
        assertThat(counts[bucket + 1]).isEqualTo(1);
        assertThat(durations.soFar().count()).isEqualTo(2);
        assertThat(durations.soFar().sumNs()).isEqualTo(40 * MS + 1);
    }

    @Test
    void shouldCountWhatIsShorterOrLongerThanAllBounds() {
        durations.record(-5);
        durations.record(0);
        durations.record(Long.MAX_VALUE / 2);
        long[] counts = durations.soFar().counts();
        assertThat(counts[0]).isEqualTo(2);
        assertThat(counts[counts.length - 1]).isEqualTo(1);
    }

    @Test
    void shouldReckonQuantilesWithinTheirBucket() {
        for (int i = 1; i <= 100; i++) {
            durations.record(i * MS);
        }
        Distribution all = durations.soFar();
        assertThat(all.quantileNs(0.5)).isEqualTo(50 * MS);
        assertThat(all.quantileNs(0.99)).isBetween(98 * MS, 100 * MS);
        assertThat(all.quantileNs(1)).isEqualTo(100 * MS);
        assertThat(all.quantileNs(0)).isZero();
        assertThat(Distribution.NONE.quantileNs(0.5)).isZero();
    }

    @Test
    void shouldNotReckonBeyondTheHighestBound() {
        durations.record(60_000 * MS);
        assertThat(durations.soFar().quantileNs(0.5)).isEqualTo(30_000 * MS);
    }

    @Test
    void shouldTellWhatCameBetweenTwoReadings() {
        durations.record(5 * MS);
        Distribution before = durations.soFar();
        durations.record(50 * MS);
        durations.record(50 * MS);
        Distribution since = durations.soFar().since(before);
        assertThat(since.count()).isEqualTo(2);
        assertThat(since.sumNs()).isEqualTo(100 * MS);
        assertThat(since.quantileNs(0.01)).isGreaterThan(30 * MS);
        assertThat(before.count()).isEqualTo(1);
    }

    @Test
    void shouldTellTheLongestOnce() {
        assertThat(durations.takeLongestNs()).isZero();
        durations.record(7 * MS);
        durations.record(3 * MS);
        assertThat(durations.takeLongestNs()).isEqualTo(7 * MS);
        assertThat(durations.takeLongestNs()).isZero();
        durations.record(3 * MS);
        assertThat(durations.takeLongestNs()).isEqualTo(3 * MS);
    }

    @Test
    void shouldLoseNothingToAReader() throws InterruptedException {
        int times = 200_000;
        Thread lane = new Thread(() -> {
            for (int i = 1; i <= times; i++) {
                durations.record(i);
            }
        });
        lane.start();
        long longestNs = 0;
        while (lane.isAlive()) {
            longestNs = Math.max(longestNs, durations.takeLongestNs());
        }
        lane.join();
        assertThat(Math.max(longestNs, durations.takeLongestNs())).isEqualTo(times);
        assertThat(durations.soFar().count()).isEqualTo(times);
    }
}
