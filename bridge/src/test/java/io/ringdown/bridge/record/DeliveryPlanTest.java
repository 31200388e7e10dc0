package io.ringdown.bridge.record;

import static io.ringdown.bridge.record.DeliveryPlan.AT_ONCE;
import static io.ringdown.bridge.record.DeliveryPlan.FIRST_PAUSE_NS;
import static io.ringdown.bridge.record.DeliveryPlan.LONGEST_PAUSE_NS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In virtual time; chance always gives the most, unless a test says otherwise. */
class DeliveryPlanTest {
    private final DeliveryPlan plan = new DeliveryPlan(below -> below - 1);
    private long nowNs = TimeUnit.DAYS.toNanos(2);

    private void failing(int times) {
        for (int i = 0; i < times; i++) {
            nowNs = plan.dueNs();
            plan.failed(plan.next(nowNs), nowNs, 0);
        }
    }

    @Test
    void shouldSendAtOnceWhatCame() {
        plan.add("a", nowNs);
        assertThat(plan.next(nowNs)).isEqualTo("a");
        assertThat(plan.next(nowNs)).as("it is on its way").isNull();
        plan.settled("a");
        assertThat(plan.size()).isZero();
        assertThat(plan.dueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldHaveFewOnTheWayAtATime() {
        for (int i = 0; i < AT_ONCE + 2; i++) {
            plan.add("a" + i, nowNs);
        }
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(plan.next(nowNs)).isEqualTo("a" + i);
        }
        assertThat(plan.next(nowNs)).isNull();
        plan.settled("a2");
        assertThat(plan.next(nowNs)).isEqualTo("a" + AT_ONCE);
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachFailureAndNeverLongerThanTheLongest() {
        plan.add("a", nowNs);
        long expectedNs = FIRST_PAUSE_NS;
        for (int tries = 1; tries <= 40; tries++) {
            failing(1);
            assertThat(plan.dueNs() - nowNs).isEqualTo(expectedNs);
            assertThat(plan.next(plan.dueNs() - 1)).isNull();
            expectedNs = Math.min(LONGEST_PAUSE_NS, 2 * expectedNs);
        }
    }

    @Test
    void shouldLeaveHalfOfAPauseToChance() {
        Random random = new Random(1);
        DeliveryPlan chancy = new DeliveryPlan(below -> (long) (random.nextDouble() * below));
        long shortestNs = Long.MAX_VALUE;
        long longestNs = 0;
        for (int i = 0; i < 1_000; i++) {
            chancy.add("a", nowNs);
            chancy.failed(chancy.next(nowNs), nowNs, 0);
            long pauseNs = chancy.dueNs() - nowNs;
            shortestNs = Math.min(shortestNs, pauseNs);
            longestNs = Math.max(longestNs, pauseNs);
            nowNs = chancy.dueNs();
            chancy.settled(chancy.next(nowNs));
        }
        assertThat(shortestNs).isBetween(FIRST_PAUSE_NS / 2, FIRST_PAUSE_NS * 6 / 10);
        assertThat(longestNs).isBetween(FIRST_PAUSE_NS * 9 / 10, FIRST_PAUSE_NS);
    }

    @Test
    void shouldTryOneAtATimeWhileTheReceiverFails() {
        for (int i = 0; i < 10; i++) {
            plan.add("a" + i, nowNs);
        }
        failing(3);
        assertThat(plan.dueNs() - nowNs).as("for all of them").isEqualTo(4 * FIRST_PAUSE_NS);
        nowNs = plan.dueNs();
        assertThat(plan.next(nowNs)).as("another one's turn").isEqualTo("a3");
        assertThat(plan.next(nowNs)).as("only one").isNull();
    }

    @Test
    void shouldGoOnWithAllWhenTheReceiverAnswersAgain() {
        for (int i = 0; i < 10; i++) {
            plan.add("a" + i, nowNs);
        }
        failing(3);
        nowNs = plan.dueNs();
        plan.settled(plan.next(nowNs));
        assertThat(plan.dueNs()).isLessThanOrEqualTo(nowNs);
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(plan.next(nowNs)).isNotNull();
        }
    }

    @Test
    void shouldNotLetADocumentThatAlwaysFailsKeepTheOthers() {
        plan.add("poison", nowNs);
        int delivered = 0;
        for (int i = 0; i < 100; i++) {
            plan.add("a" + i, nowNs);
            nowNs = Math.max(nowNs, plan.dueNs());
            for (String id = plan.next(nowNs); id != null; id = plan.next(nowNs)) {
                if (id.equals("poison")) {
                    plan.failed(id, nowNs, 0);
                } else {
                    plan.settled(id);
                    delivered++;
                }
            }
        }
        assertThat(delivered).isGreaterThan(90);
        assertThat(plan.size()).isLessThan(10);
    }

    @Test
    void shouldWaitAsLongAsTheReceiverAsks() {
        plan.add("a", nowNs);
        plan.failed(plan.next(nowNs), nowNs, TimeUnit.SECONDS.toNanos(90));
        assertThat(plan.dueNs() - nowNs).isEqualTo(TimeUnit.SECONDS.toNanos(90));
    }

    @Test
    void shouldKnowWhatWaitsOrIsBeingSent() {
        plan.add("a", nowNs);
        plan.add("a", nowNs);
        assertThat(plan.size()).isEqualTo(1);
        assertThat(plan.next(nowNs)).isEqualTo("a");
        plan.add("a", nowNs);
        assertThat(plan.next(nowNs)).as("it is on its way").isNull();
        plan.failed("a", nowNs, 0);
        plan.add("a", nowNs);
        assertThat(plan.size()).isEqualTo(1);
        assertThat(plan.dueNs()).as("its pause goes on").isGreaterThan(nowNs);
    }

    @Test
    void shouldTakeAgainWhatWasSettledOrForgotten() {
        plan.add("a", nowNs);
        plan.settled(plan.next(nowNs));
        plan.add("a", nowNs);
        assertThat(plan.next(nowNs)).isEqualTo("a");
        plan.forget("a");
        plan.add("a", nowNs);
        assertThat(plan.next(nowNs)).isEqualTo("a");
    }

    @Test
    void shouldForgetWhatNobodyWantsAnyMore() {
        plan.add("a", nowNs);
        plan.add("b", nowNs);
        plan.next(nowNs);
        plan.forget("a");
        plan.forget("b");
        plan.failed("a", nowNs, 0);
        assertThat(plan.size()).isZero();
    }
}
