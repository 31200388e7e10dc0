package io.ringdown.bridge.hangup;

import static io.ringdown.bridge.hangup.FakeTwilio.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.SilentModelLeg;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.lane.CallSummary;
import io.ringdown.engine.lane.CarrierLeg;
import io.ringdown.engine.lane.HangupCommand;
import io.ringdown.engine.lane.Lane;
import io.ringdown.engine.lane.LaneCounter;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.lane.Legs;
import io.ringdown.engine.ring.EventRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane is the test's thread, its clock the test's; the carrier's API is on the loopback. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangupExecutorTest {
    private static final CallSettings SETTINGS = new CallSettings(
            "default",
            DrainPolicy.PLAYBACK,
            false,
            false,
            null,
            null,
            Map.of(),
            CallSettings.DEFAULT_MAX_TOOL_CALLS,
            CallSettings.Times.defaults());
    private static final LaneSettings SIZES = new LaneSettings(64, 2, 64, 8, 16_000, 16_000);

    private final FakeTwilio twilio = new FakeTwilio();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final RestLimits limits =
            new RestLimits(List.of(Duration.ZERO, Duration.ofMillis(1)), Duration.ofSeconds(20), 4, 4);
    private final TwilioCalls api = new TwilioCalls(twilio.url(), "AC1", "secret", worker, limits);
    private final HangupExecutor executor = new HangupExecutor(Optional.of(api), worker, (call, report) -> {});
    private final List<HangupCommand> offered = new ArrayList<>();
    private final List<CallSummary> summaries = new ArrayList<>();

    private HangupExecutor toOffer = executor;
    private boolean takes = true;
    private long nowNs;
    private final Lane lane = new Lane("lane-0", SIZES, () -> nowNs, this::offer, () -> {});
    private final Carrier carrier = new Carrier();
    private CallPort call = lane.open(SETTINGS, port -> new Legs(carrier, new SilentModelLeg()), summaries::add);

    private boolean offer(HangupCommand command) {
        offered.add(command);
        return takes && toOffer.offer(command);
    }

    @AfterEach
    void stop() {
        api.close();
        worker.shutdownNow();
        twilio.close();
    }

    @Test
    void shouldTellTheCallThatTheCarrierConfirmed() {
        twilio.then(answers(200, "{}"));
        endTheCall();
        until(() -> hungUp() == 1);
        assertThat(latch()).isEqualTo(HangupLatch.State.DONE);
        assertThat(executor.confirmed()).isEqualTo(1);
        assertThat(executor.gaveUp()).isZero();
        assertThat(carrier.closed).as("the carrier's stop is awaited first").isZero();
        assertThat(twilio.requests).hasSize(1);
    }

    @Test
    void shouldTakeACallThatIsOverAlreadyForConfirmed() {
        twilio.then(answers(404, "{\"code\":20404}"));
        endTheCall();
        until(() -> hungUp() == 1);
        assertThat(executor.confirmed()).isEqualTo(1);
    }

    @Test
    void shouldHangUpOnceHoweverOftenTheCommandIsGiven() {
        twilio.then(answers(200, "{}"), answers(200, "{}"), answers(200, "{}"));
        endTheCall();
        assertThat(executor.offer(offered.get(0))).isTrue();
        assertThat(executor.offer(offered.get(0))).isTrue();
        until(() -> hungUp() == 1);
        assertThat(executor.offer(offered.get(0))).isTrue();
        settle();
        assertThat(twilio.requests).hasSize(1);
        assertThat(executor.confirmed()).isEqualTo(1);
        turn();
        assertThat(hungUp()).isEqualTo(1);
    }

    @Test
    void shouldNotHangUpACallThatWasNeverClaimed() {
        HangupLatch open = new HangupLatch();
        HangupLatch closed = new HangupLatch();
        closed.close();
        for (HangupLatch latch : List.of(open, closed)) {
            executor.offer(new HangupCommand("CA1", HangupReason.OPERATOR, latch, call.address()));
        }
        settle();
        assertThat(twilio.requests).isEmpty();
        assertThat(open.state()).isEqualTo(HangupLatch.State.OPEN);
        assertThat(closed.state()).isEqualTo(HangupLatch.State.CLOSED);
    }

    @Test
    void shouldCloseTheStreamWhenTheApiWillNot() {
        twilio.then(answers(401, "{\"code\":20003}"));
        endTheCall();
        until(() -> carrier.closed > 0);
        assertThat(latch()).isEqualTo(HangupLatch.State.DONE);
        assertThat(executor.gaveUp()).isEqualTo(1);
        assertThat(hungUp()).as("confirmed only by the stream's end").isZero();
        carrierIsGone();
        assertThat(hungUp()).isEqualTo(1);
        assertThat(summaries).hasSize(1);
    }

    @Test
    void shouldCloseTheStreamWhenEveryTryFails() {
        twilio.then(answers(500, ""), answers(503, ""));
        endTheCall();
        until(() -> carrier.closed > 0);
        assertThat(twilio.requests).hasSize(2);
        assertThat(executor.gaveUp()).isEqualTo(1);
    }

    @Test
    void shouldCloseTheStreamAtOnceWithoutCredentials() {
        HangupExecutor withoutApi = new HangupExecutor(Optional.empty(), worker, (call, report) -> {});
        toOffer = withoutApi;
        endTheCall();
        until(() -> carrier.closed > 0);
        assertThat(withoutApi.gaveUp()).as("nobody was asked").isZero();
        assertThat(latch()).isEqualTo(HangupLatch.State.DONE);
        assertThat(twilio.requests).isEmpty();
    }

    @Test
    void shouldTakeNothingWhileThereIsNoRoom() {
        for (int i = 0; i < 4; i++) {
            api.complete("CA" + i);
        }
        assertThat(executor.offer(claimed("CA5"))).isFalse();
        api.close();
        assertThat(executor.offer(claimed("CA6"))).isFalse();
    }

    @Test
    void shouldLeaveTheClaimToTheSweepWhenTheWorkerIsClosed() {
        ScheduledExecutorService closed = Executors.newSingleThreadScheduledExecutor();
        closed.shutdownNow();
        toOffer = new HangupExecutor(Optional.empty(), closed, (call, report) -> {});
        endTheCall();
        assertThat(offered).hasSize(1);
        assertThat(latch()).isEqualTo(HangupLatch.State.CLAIMED);

        twilio.then(answers(200, "{}"));
        toOffer = executor;
        nowNs += TimeUnit.SECONDS.toNanos(2);
        turn();
        assertThat(offered).hasSize(2);
        until(() -> hungUp() == 1);
        assertThat(twilio.requests).hasSize(1);
    }

    @Test
    void shouldSweepUntilTheCommandIsTakenAndThenNoMore() {
        takes = false;
        endTheCall();
        for (int i = 2; i < 6; i++) {
            nowNs += TimeUnit.SECONDS.toNanos(2);
            turn();
            assertThat(offered).hasSize(i);
        }
        twilio.then(answers(200, "{}"));
        takes = true;
        nowNs += TimeUnit.SECONDS.toNanos(2);
        turn();
        await().until(() -> twilio.requests.size() == 1);
        int given = offered.size();
        nowNs += TimeUnit.SECONDS.toNanos(2);
        turn();
        assertThat(offered).hasSize(given);
    }

    @Test
    void shouldTellAgainWhenTheRingWasFull() {
        publish(event -> event.callStarted("CA1"));
        while (call.address().tell(event -> event.happened(EventType.SPEECH_STARTED))) {
            // until the ring refuses other threads
        }
        HangupCommand command = claimed("CA1");
        twilio.then(answers(200, "{}"));
        executor.offer(command);
        await().until(() -> executor.confirmed() == 1);
        settle();
        assertThat(hungUp()).isZero();
        until(() -> hungUp() == 1);
    }

    @Test
    void shouldGiveUpRatherThanForgetWhatItCannotAsk() {
        HangupCommand nameless = claimed("");
        executor.offer(nameless);
        await().until(() -> nameless.latch().state() == HangupLatch.State.DONE);
        assertThat(executor.gaveUp()).isEqualTo(1);
        until(() -> carrier.closed > 0);
    }

    @Test
    void shouldIgnoreTheOutcomeForACallThatIsGone() {
        endTheCall();
        await().until(() -> twilio.requests.size() == 1);
        carrierIsGone();
        answers(200, "{}").accept(twilio.requests.get(0).connection());
        await().until(() -> executor.confirmed() == 1);
        settle();
        turn();
        assertThat(hungUp()).isEqualTo(1);
        assertThat(lane.counters().get(LaneCounter.EVENTS_STALE)).isEqualTo(1);
    }

    /** By an operator, at once. */
    private void endTheCall() {
        publish(event -> event.callStarted("CA1"));
        publish(event -> event.operatorHungUp(false));
    }

    private void carrierIsGone() {
        publish(event -> event.happened(EventType.CARRIER_STOPPED));
    }

    private void publish(Consumer<CallEvent> fill) {
        long sequence = call.claim();
        assertThat(sequence).isNotEqualTo(EventRing.FULL);
        fill.accept(call.slot(sequence));
        call.publish(sequence);
        turn();
    }

    private HangupCommand claimed(String callSid) {
        HangupLatch latch = call.address().latch();
        latch.claim(HangupReason.SHUTDOWN, 0);
        return new HangupCommand(callSid, HangupReason.SHUTDOWN, latch, call.address());
    }

    private void turn() {
        while (lane.doWork() > 0) {
            // until nothing is left to do
        }
    }

    /** Turns the lane, on the test's own thread, until it holds. */
    private void until(BooleanSupplier holds) {
        await().pollInSameThread().until(() -> {
            turn();
            return holds.getAsBoolean();
        });
    }

    /** What was handed to the worker before is done when this returns. */
    private void settle() {
        try {
            worker.submit(() -> {}).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HangupLatch.State latch() {
        return call.address().latch().state();
    }

    private long hungUp() {
        long sum = 0;
        for (HangupReason reason : HangupReason.values()) {
            sum += lane.counters().hangups(reason, null);
        }
        return sum;
    }

    private static final class Carrier implements CarrierLeg {
        private int closed;

        @Override
        public void close() {
            closed++;
        }

        @Override
        public void sendAudio(Frame frame) {}

        @Override
        public void sendMark(int generation, int mark) {}

        @Override
        public void sendClear() {}

        @Override
        public void flush() {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void resumeReading() {}
    }
}
