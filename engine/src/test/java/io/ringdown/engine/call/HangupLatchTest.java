package io.ringdown.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HangupLatchTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 2_000;

    private final HangupLatch latch = new HangupLatch();

    @Test
    void shouldHoldWhatItWasClaimedFor() {
        assertThat(latch.claim(HangupReason.BOT_GOODBYE_BYE_ONLY, 123_456)).isTrue();
        assertThat(latch.state()).isEqualTo(HangupLatch.State.CLAIMED);
        assertThat(latch.reason()).isEqualTo(HangupReason.BOT_GOODBYE_BYE_ONLY);
        assertThat(latch.response()).isEqualTo(123_456);
    }

    @Test
    void shouldKeepReasonAndResponseToTheEnd() {
        latch.claim(HangupReason.STREAM_REPLACED, 7);
        assertThat(latch.execute()).isTrue();
        assertThat(latch.done()).isTrue();
        assertThat(latch.state()).isEqualTo(HangupLatch.State.DONE);
        assertThat(latch.reason()).isEqualTo(HangupReason.STREAM_REPLACED);
        assertThat(latch.response()).isEqualTo(7);
    }

    @Test
    void shouldNotBeClaimedTwice() {
        latch.claim(HangupReason.OPERATOR, 0);
        assertThat(latch.claim(HangupReason.SHUTDOWN, 0)).isFalse();
        assertThat(latch.close()).isFalse();
        assertThat(latch.reason()).isEqualTo(HangupReason.OPERATOR);
    }

    @Test
    void shouldNotBeClaimedOnceTheCallIsOver() {
        assertThat(latch.close()).isTrue();
        assertThat(latch.claim(HangupReason.OPERATOR, 0)).isFalse();
        assertThat(latch.execute()).isFalse();
        assertThat(latch.reason()).isNull();
    }

    @Test
    void shouldNotSkipAState() {
        assertThat(latch.execute()).isFalse();
        assertThat(latch.done()).isFalse();
        latch.claim(HangupReason.OPERATOR, 0);
        assertThat(latch.done()).isFalse();
        assertThat(latch.execute()).isTrue();
        assertThat(latch.execute()).isFalse();
    }

    @Test
    @DisplayName("S23 threads race for the hangup")
    void shouldBeClaimedAndExecutedByExactlyOneOfManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                HangupLatch raced = new HangupLatch();
                assertThat(winners(threads, () -> raced.claim(HangupReason.OPERATOR, 1)))
                        .isEqualTo(1);
                assertThat(winners(threads, raced::execute)).isEqualTo(1);
                assertThat(winners(threads, raced::done)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int winners(ExecutorService threads, Callable<Boolean> attempt) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            attempts.add(threads.submit(() -> {
                start.await();
                return attempt.call();
            }));
        }
        int winners = 0;
        for (Future<Boolean> one : attempts) {
            winners += one.get() ? 1 : 0;
        }
        return winners;
    }
}
