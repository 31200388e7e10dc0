package io.ringdown.bridge.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdmissionTest {
    private static final int THREADS = 8;

    private final Admission admission = new Admission(5);

    @Test
    void shouldLetInAsManyAsThereArePlaces() {
        for (int i = 0; i < 5; i++) {
            assertThat(admission.refusal()).isNull();
            assertThat(admission.enter()).isTrue();
        }
        assertThat(admission.refusal()).isEqualTo(Refusal.CAPACITY);
        assertThat(admission.enter()).isFalse();
        assertThat(admission.calls()).isEqualTo(5);
    }

    @Test
    void shouldLetInAgainWhenSomebodyLeft() {
        for (int i = 0; i < 5; i++) {
            admission.enter();
        }
        admission.leave();
        assertThat(admission.refusal()).isNull();
        assertThat(admission.enter()).isTrue();
        assertThat(admission.enter()).isFalse();
    }

    @Test
    void shouldCountEachRefusalOnce() {
        for (int i = 0; i < 7; i++) {
            admission.enter();
        }
        assertThat(admission.refused()).isEqualTo(2);
        admission.countRefusal(Refusal.LATE);
        assertThat(admission.refused()).isEqualTo(3);
        admission.drain();
        admission.enter();
        assertThat(admission.refused()).isEqualTo(4);
        assertThat(admission.refused(Refusal.CAPACITY)).isEqualTo(2);
        assertThat(admission.refused(Refusal.LATE)).isEqualTo(1);
        assertThat(admission.refused(Refusal.DRAINING)).isEqualTo(1);
    }

    @Test
    void shouldLetInWhoWasAnsweredBeforeTheLanesWereLate() {
        admission.late(true);
        assertThat(admission.refusal()).isEqualTo(Refusal.LATE);
        assertThat(admission.enter()).isTrue();
        admission.late(false);
        assertThat(admission.refusal()).isNull();
    }

    @Test
    void shouldLetNobodyInWhileDraining() {
        assertThat(admission.isDraining()).isFalse();
        admission.enter();
        admission.drain();
        assertThat(admission.isDraining()).isTrue();
        assertThat(admission.refusal()).isEqualTo(Refusal.DRAINING);
        assertThat(admission.enter()).isFalse();
        assertThat(admission.calls()).isEqualTo(1);
        admission.leave();
        assertThat(admission.calls()).isZero();
    }

    @Test
    void shouldAwaitWhomItAnsweredAndTurnOthersAway() {
        assertThat(admission.isAwaiting()).isFalse();
        assertThat(admission.answer()).isNull();
        admission.turnAway();
        assertThat(admission.isDraining()).isTrue();
        assertThat(admission.answer()).isEqualTo(Refusal.DRAINING);
        assertThat(admission.isAwaiting()).isTrue();
        assertThat(admission.enter()).isTrue();
        admission.drain();
        assertThat(admission.isAwaiting()).isFalse();
        assertThat(admission.enter()).isFalse();
    }

    @Test
    void shouldAwaitNobodyForEver() {
        admission.answer();
        admission.turnAway();
        await().until(() -> !admission.isAwaiting());
    }

    @Test
    void shouldNotLetMoreLeaveThanEntered() {
        assertThatThrownBy(admission::leave)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxCalls=5");
        assertThat(admission.calls()).isZero();
        admission.enter();
        admission.leave();
        assertThatThrownBy(admission::leave).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLetExactlyTheCapInHoweverManyThreadsTry() throws Exception {
        Admission crowded = new Admission(1_000);
        List<Integer> entered = together(() -> {
            int mine = 0;
            for (int i = 0; i < 200; i++) {
                mine += crowded.enter() ? 1 : 0;
            }
            return mine;
        });
        assertThat(entered.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
        assertThat(crowded.calls()).isEqualTo(1_000);
        assertThat(crowded.refused()).isEqualTo(THREADS * 200 - 1_000);
    }

    @Test
    void shouldNeverHoldMoreThanTheCapWhileCallsComeAndGo() throws Exception {
        List<Integer> most = together(() -> {
            int seen = 0;
            for (int i = 0; i < 20_000; i++) {
                if (admission.enter()) {
                    seen = Math.max(seen, admission.calls());
                    admission.leave();
                }
            }
            return seen;
        });
        assertThat(most).allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(5));
        assertThat(admission.calls()).isZero();
    }

    @Test
    void shouldNotLetAnybodyInBehindTheBackOfOneWhoDrains() throws Exception {
        for (int round = 0; round < 300; round++) {
            Admission contested = new Admission(1_000);
            CyclicBarrier start = new CyclicBarrier(2);
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<Boolean> entered = other.submit(() -> {
                start.await();
                return contested.enter();
            });
            start.await();
            contested.drain();
            boolean empty = contested.calls() == 0;
            boolean letIn = entered.get();
            other.shutdown();
            if (empty) {
                assertThat(letIn)
                        .as("entered after the drain saw an empty house")
                        .isFalse();
            }
            assertThat(contested.calls()).isEqualTo(letIn ? 1 : 0);
        }
    }

    private static List<Integer> together(Callable<Integer> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> each : running) {
            results.add(each.get());
        }
        threads.shutdown();
        return results;
    }
}
