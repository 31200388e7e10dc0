package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.admission.DrainProgress;
import io.ringdown.bridge.admission.DrainProgress.Stage;
import io.ringdown.bridge.admission.Refusal;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane of these calls answers nothing: nobody turns it. What it would have answered, the test does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainingTest {
    private static final LaneSettings SIZES = new LaneSettings(64, 2, 64, 8, 16_000, 16_000);
    private static final long LONG_MS = 60_000;

    private final Admission admission = new Admission(2);
    private final CallRegistry registry = new CallRegistry();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1) {
        @Override
        public void execute(Runnable task) {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("told to");
            }
            super.execute(task);
        }
    };
    private final AtomicInteger hungUp = new AtomicInteger();
    private final HangupExecutor hangups =
            new HangupExecutor(Optional.empty(), worker, (call, report) -> hungUp.incrementAndGet());
    private final Lane lane = new Lane("lane-0", SIZES, () -> 0, hangups, () -> {});
    private final AtomicInteger deadCalls = new AtomicInteger();
    private Draining draining;

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    @Test
    void shouldSayNothingOfADrainThatHasNotBegun() {
        assertThat(draining(LONG_MS).progress()).isEmpty();
    }

    @Test
    void shouldNotWaitForNobody() {
        drain(LONG_MS);
        awaitDone();
        assertThat(hungUp).hasValue(0);
        assertThat(draining.progress().orElseThrow().stage()).isEqualTo(Stage.DONE);
        assertThat(admission.enter()).isFalse();
    }

    @Test
    void shouldBeginOnce() {
        call("CA1");
        assertThat(draining(LONG_MS).begin()).isTrue();
        assertThat(draining.begin()).isFalse();
    }

    @Test
    void shouldLetCallsFinish() {
        HangupLatch latch = call("CA1");
        drain(LONG_MS);
        DrainProgress progress = draining.progress().orElseThrow();
        assertThat(progress.stage()).isEqualTo(Stage.FINISHING);
        assertThat(progress.callsLeft()).isEqualTo(1);
        assertThat(progress.msToLimit()).isBetween(1L, LONG_MS);
        assertThat(admission.refusal()).isEqualTo(Refusal.DRAINING);
        admission.leave();
        awaitDone();
        assertThat(latch.state()).isEqualTo(HangupLatch.State.OPEN);
        assertThat(lane.hasWork()).as("nothing was said to the call").isFalse();
    }

    @Test
    void shouldLetInWhoWasAnsweredJustBefore() {
        admission.answer();
        drain(LONG_MS);
        assertThat(admission.answer()).isEqualTo(Refusal.DRAINING);
        HangupLatch latch = call("CA1");
        assertThat(latch).isNotNull();
        admission.leave();
        awaitDone();
        assertThat(admission.enter()).isFalse();
    }

    @Test
    void shouldLetThemInThoughNobodyElseIsWaitedFor() {
        admission.answer();
        drain(0);
        await().until(() -> draining.progress().orElseThrow().stage() == Stage.FINISHING);
        assertThat(call("CA1")).isNotNull();
        admission.leave();
        awaitDone();
    }

    @Test
    void shouldTellTheRestGoodbyeAndLeaveItToALaneThatAnswers() {
        HangupLatch latch = call("CA1");
        drain(0);
        await().until(lane::hasWork);
        assertThat(draining.progress().orElseThrow().stage()).isEqualTo(Stage.FAREWELL);
        latch.close();
        admission.leave();
        awaitDone();
        assertThat(hungUp).hasValue(0);
    }

    @Test
    void shouldSayGoodbyeAgainToACallWhoseRingWasFull() {
        call("CA1");
        CallAddress address = new CallAddress(lane, 0, 1, new HangupLatch());
        while (address.tell(event -> event.happened(EventType.HANGUP_CONFIRMED))) {
            // until there is no room
        }
        drain(0);
        await().until(() -> draining.progress().orElseThrow().stage() == Stage.FAREWELL);
        lane.doWork();
        await().until(lane::hasWork);
        admission.leave();
        awaitDone();
    }

    @Test
    void shouldClaimTheCallsOfALaneThatDoesNotAnswerOnce() {
        HangupLatch first = call("CA1");
        HangupLatch second = call("CA2");
        second.claim(HangupReason.BOT_GOODBYE_BYE_ONLY, 3);
        second.execute();
        drain(LONG_MS);
        draining.hurry();
        await().until(() -> first.state() == HangupLatch.State.DONE);
        assertThat(first.reason()).isEqualTo(HangupReason.SHUTDOWN);
        assertThat(second.state()).as("on its way already").isEqualTo(HangupLatch.State.EXECUTING);
        assertThat(second.reason()).isEqualTo(HangupReason.BOT_GOODBYE_BYE_ONLY);
        admission.leave();
        admission.leave();
        awaitDone();
        assertThat(hungUp).hasValue(1);
    }

    @Test
    void shouldOfferAClaimUntilItIsTaken() {
        HangupLatch latch = call("CA1");
        refusals.set(3);
        drain(LONG_MS);
        draining.hurry();
        await().until(() -> latch.state() == HangupLatch.State.DONE);
        assertThat(hungUp).hasValue(1);
        admission.leave();
        awaitDone();
    }

    @Test
    void shouldWaitForNoCallOfADeadLane() {
        call("CA1");
        call("CA2");
        deadCalls.set(1);
        drain(LONG_MS);
        assertThat(draining.progress().orElseThrow().callsLeft()).isEqualTo(1);
        admission.leave();
        awaitDone();
        assertThat(admission.calls()).isEqualTo(1);
    }

    @Test
    void shouldEndCallsNowWhenHurried() {
        call("CA1");
        drain(LONG_MS);
        assertThat(lane.hasWork()).isFalse();
        draining.hurry();
        await().until(lane::hasWork);
        assertThat(draining.progress().orElseThrow().stage()).isEqualTo(Stage.ENDING);
        admission.leave();
        awaitDone();
    }

    @Test
    void shouldWaitForNobodyAnyMoreWhenHurriedTwice() {
        call("CA1");
        drain(LONG_MS);
        draining.hurry();
        await().until(lane::hasWork);
        draining.hurry();
        awaitDone();
        assertThat(admission.calls()).isEqualTo(1);
    }

    private HangupLatch call(String callSid) {
        HangupLatch latch = new HangupLatch();
        assertThat(admission.enter()).isTrue();
        registry.register(callSid, new CallAddress(lane, admission.calls() - 1, 1, latch));
        return latch;
    }

    private Draining draining(long limitMs) {
        draining = new Draining(admission, registry, hangups, deadCalls::get, limitMs);
        return draining;
    }

    private void drain(long limitMs) {
        draining(limitMs).begin();
    }

    private void awaitDone() {
        await().until(() -> draining.awaitDone(0));
    }
}
