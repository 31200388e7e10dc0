package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.hangup.HangupExecutor;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallAddress;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneSettings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane of these calls answers nothing: nobody turns it. What it would have answered, the test does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
    private final HangupExecutor hangups = new HangupExecutor(Optional.empty(), worker);
    private final Lane lane = new Lane("lane-0", SIZES, () -> 0, hangups, () -> {});
    private final Draining draining = new Draining(admission, registry, hangups);
    private RaisedSignals process;
    private Signals signals;

    @BeforeEach
    void takeOver() throws Exception {
        process = new RaisedSignals();
        signals = Signals.untilTold();
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        worker.shutdownNow();
    }

    @Test
    void shouldNotWaitForNobody() throws InterruptedException {
        draining.run(LONG_MS, signals);
        assertThat(hangups.gaveUp()).isZero();
    }

    @Test
    void shouldLetCallsFinish() {
        HangupLatch latch = call("CA1");
        CompletableFuture<Void> drained = drain(LONG_MS, signals);
        assertThat(drained).isNotDone();
        admission.leave();
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(latch.state()).isEqualTo(HangupLatch.State.OPEN);
        assertThat(lane.hasWork()).as("nothing was said to the call").isFalse();
    }

    @Test
    void shouldTellTheRestToEndAndLeaveItToALaneThatAnswers() {
        HangupLatch latch = call("CA1");
        CompletableFuture<Void> drained = drain(0, signals);
        await().until(lane::hasWork);
        latch.close();
        admission.leave();
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(hangups.gaveUp()).isZero();
    }

    @Test
    void shouldClaimTheCallsOfALaneThatDoesNotAnswerOnce() {
        HangupLatch first = call("CA1");
        HangupLatch second = call("CA2");
        second.claim(HangupReason.BOT_GOODBYE_BYE_ONLY, 3);
        second.execute();
        CompletableFuture<Void> drained = drain(0, signals);
        await().until(() -> first.state() == HangupLatch.State.DONE);
        assertThat(first.reason()).isEqualTo(HangupReason.SHUTDOWN);
        assertThat(second.state()).as("on its way already").isEqualTo(HangupLatch.State.EXECUTING);
        assertThat(second.reason()).isEqualTo(HangupReason.BOT_GOODBYE_BYE_ONLY);
        admission.leave();
        admission.leave();
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(hangups.gaveUp()).isEqualTo(1);
    }

    @Test
    void shouldOfferAClaimUntilItIsTaken() {
        HangupLatch latch = call("CA1");
        refusals.set(3);
        CompletableFuture<Void> drained = drain(0, signals);
        await().until(() -> latch.state() == HangupLatch.State.DONE);
        assertThat(hangups.gaveUp()).isEqualTo(1);
        admission.leave();
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeCutShortByASecondSignal() throws Exception {
        call("CA1");
        CompletableFuture<Void> drained = drain(LONG_MS, signals);
        assertThat(lane.hasWork()).isFalse();
        process.raise("TERM");
        await().until(lane::hasWork);
        admission.leave();
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldWaitForNobodyAnyMoreAfterAThird() throws Exception {
        call("CA1");
        CompletableFuture<Void> drained = drain(LONG_MS, signals);
        process.raise("TERM");
        await().until(lane::hasWork);
        process.raise("TERM");
        assertThat(drained).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(admission.calls()).isEqualTo(1);
    }

    private HangupLatch call(String callSid) {
        HangupLatch latch = new HangupLatch();
        admission.enter();
        registry.register(callSid, new CallAddress(lane, admission.calls() - 1, 1, latch));
        return latch;
    }

    private CompletableFuture<Void> drain(long limitMs, Signals signals) {
        return CompletableFuture.runAsync(() -> {
            try {
                draining.run(limitMs, signals);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
