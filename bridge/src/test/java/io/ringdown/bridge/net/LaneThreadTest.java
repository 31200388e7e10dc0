package io.ringdown.bridge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.Epoll;
import io.netty.util.ReferenceCountUtil;
import io.ringdown.bridge.settings.HostAndPort;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LaneThreadTest {
    private static final int ROUNDS = 20_000;

    private volatile LaneThread thread; // the fakes run on it

    static Stream<Transport> transports() {
        return Epoll.isAvailable() ? Stream.of(Transport.values()) : Stream.of(Transport.NIO);
    }

    @AfterEach
    void stop() {
        if (thread != null) {
            thread.close();
        }
    }

    @DisplayName("S56")
    @ParameterizedTest
    @MethodSource("transports")
    void shouldHandleAtOnceWhatIsPublishedWhileItDecidesToPark(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        AtomicLong handledNs = new AtomicLong();
        lane.onceBeforeParking(() -> publishFromElsewhere(lane, handledNs));
        thread = lane.start(transport, Idle.PARK);
        await().until(() -> handledNs.get() != 0);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldHandleAtOnceWhatIsPublishedJustAfterItFoundNoWork(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        AtomicLong handledNs = new AtomicLong();
        lane.onceAfterLookingForWork(() -> publishFromElsewhere(lane, handledNs));
        thread = lane.start(transport, Idle.PARK);
        await().until(() -> handledNs.get() != 0);
    }

    /** The wake-up really is lost where nobody looks at the ring again: without this the tests above would prove nothing. */
    @Test
    void shouldSleepUntilTheTimerIfItDidNotLookAgain() {
        assumeTrue(Epoll.isAvailable(), "NIO's selector remembers this wake-up");
        FakeLane lane = new FakeLane("lane-0").denyingWork().withDeadlineIn(500_000_000);
        long deadlineNs = lane.deadlineNs;
        AtomicLong handledNs = new AtomicLong();
        lane.onceBeforeParking(() -> publishFromElsewhere(lane, handledNs));
        thread = lane.start(Transport.EPOLL, Idle.PARK);
        await().until(() -> handledNs.get() != 0);
        assertThat(handledNs.get()).isGreaterThanOrEqualTo(deadlineNs);
    }

    private void publishFromElsewhere(FakeLane lane, AtomicLong handledNs) {
        LaneSockets sockets = socketsOnceKnown();
        Thread other = new Thread(() -> {
            lane.publish(() -> handledNs.set(System.nanoTime()));
            sockets.wake();
        });
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private LaneSockets socketsOnceKnown() {
        await().until(() -> thread != null);
        return thread.sockets();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldLoseNoWakeUpHoweverItFallsBetweenTurnAndPark(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        thread = lane.start(transport, Idle.PARK);
        SplittableRandom random = new SplittableRandom(56);
        AtomicLong handled = new AtomicLong();
        for (int round = 1; round <= ROUNDS; round++) {
            spin(random.nextInt(4_000));
            lane.publish(handled::incrementAndGet);
            thread.sockets().wake();
            awaitCount(handled, round);
        }
        // it parked in between: some turns for each event, not as many as fit
        assertThat(lane.turns).isLessThan(10L * ROUNDS);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    private static void awaitCount(AtomicLong counter, long expected) {
        long begunNs = System.nanoTime();
        while (counter.get() < expected) {
            Thread.onSpinWait();
            assertThat(System.nanoTime() - begunNs)
                    .as("ns waited for event %d", expected)
                    .isLessThan(10_000_000_000L);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldHandleAtOnceWhatIsPublishedWhileMessagesGather(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        lane.calls = Tick.MANY_CALLS;
        thread = lane.start(transport, Idle.PARK, new Tick(FakeLane.FAR_AWAY_NS));
        SplittableRandom random = new SplittableRandom(56);
        AtomicLong handled = new AtomicLong();
        for (int round = 1; round <= ROUNDS; round++) {
            spin(random.nextInt(4_000));
            lane.publish(handled::incrementAndGet);
            thread.sockets().wake();
            awaitCount(handled, round);
        }
        assertThat(lane.turns).isLessThan(10L * ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldLetMessagesGatherBehindATurnThatFoundSome(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").alwaysBusy();
        lane.calls = Tick.MANY_CALLS;
        long begunNs = System.nanoTime();
        thread = lane.start(transport, Idle.PARK, Tick.ofMs(50));
        await().until(() -> lane.turns > 3);
        long turns = lane.turns;
        assertThat(System.nanoTime() - begunNs).isGreaterThanOrEqualTo((turns - 1) * 50_000_000L);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldNotKeepFewCallsWaiting(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").alwaysBusy();
        lane.calls = Tick.FEW_CALLS;
        thread = lane.start(transport, Idle.PARK, new Tick(FakeLane.FAR_AWAY_NS));
        await().until(() -> lane.turns > 1_000);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldFireATimerThoughNoSocketStirs(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(50_000_000);
        long deadlineNs = lane.deadlineNs;
        thread = lane.start(transport, Idle.PARK);
        await().until(() -> lane.firedNs != 0);
        assertThat(lane.firedNs).isGreaterThanOrEqualTo(deadlineNs);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTurnAgainWithoutParkingForATimerThatIsDue(Transport transport) {
        FakeLane lane = new FakeLane("lane-0");
        // due exactly when it is compared with the clock would mean a wait of 0, which the selector takes for ever
        LaneSockets sockets = new LaneSockets(transport);
        LaneFace face = new LaneFace(lane, () -> false, () -> 42, until -> {}, () -> 0, (work, tookNs) -> {});
        thread = LaneThread.start(face, sockets, Idle.PARK, Tick.ofMs(0), () -> 42);
        await().until(() -> lane.turns > 1_000);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void shouldTurnNowAndThenWhileItHasCalls(Transport transport) {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        lane.calls = 1;
        thread = lane.start(transport, Idle.PARK);
        await().until(() -> lane.turns > 5);
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void shouldRunTasksOfOtherThreads(Idle idle) {
        thread = new FakeLane("lane-7").start(Transport.best(), idle);
        AtomicReference<String> ranOn = new AtomicReference<>();
        thread.sockets().execute(() -> ranOn.set(Thread.currentThread().getName()));
        await().until(() -> "lane-7".equals(ranOn.get()));
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void shouldGoOnAfterATurnThatThrows(Idle idle) {
        FakeLane lane = new FakeLane("lane-0");
        thread = lane.start(Transport.best(), idle);
        lane.publish(() -> {
            throw new IllegalStateException("told to fail");
        });
        lane.publish(() -> {
            throw new AssertionError("told to fail");
        });
        AtomicLong handled = new AtomicLong();
        lane.publish(handled::incrementAndGet);
        thread.sockets().wake();
        await().until(() -> handled.get() == 1);
        assertThat(thread.failures()).isEqualTo(2);
        assertThat(thread.isAlive()).isTrue();
    }

    /** Parking reads what ends it: that is work, as the waiting before it is not. */
    @ParameterizedTest
    @MethodSource("transports")
    void shouldTellHowLongATurnTookWithTheReadingThatEndedItsParking(Transport transport) throws Exception {
        FakeLane lane = new FakeLane("lane-0").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        thread = lane.start(transport, Idle.PARK);
        SlowReader reader = new SlowReader();
        Acceptor acceptor = Acceptor.listen(
                transport, new HostAndPort("127.0.0.1", 0), List.of(new Acceptor.Place(thread, reader, () -> false)));
        try (Socket peer = new Socket("127.0.0.1", acceptor.address().getPort())) {
            await().until(() -> reader.connected);
            peer.getOutputStream().write(1);
            await().until(() -> lane.longestTurnNs >= SlowReader.TAKES_NS);
        } finally {
            acceptor.stopAccepting();
        }
    }

    @Sharable
    private static final class SlowReader extends ChannelInboundHandlerAdapter {
        static final long TAKES_NS = 300_000_000;
        volatile boolean connected;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            connected = true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            long begunNs = System.nanoTime();
            while (System.nanoTime() - begunNs < TAKES_NS) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldBeKnownForDeadAndCloseItsSocketsWhenItCannotGoOn() {
        thread = new FakeLane("lane-0").failingToStart().start(Transport.best(), Idle.PARK);
        await().until(() -> !thread.isAlive());
        assertThat(thread.sockets().isTerminated()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void shouldEndItsThreadWhenClosed(Idle idle) {
        FakeLane lane = new FakeLane("lane-to-close").withDeadlineIn(FakeLane.FAR_AWAY_NS);
        thread = lane.start(Transport.best(), idle);
        await().until(() -> lane.turns > 0);
        thread.close();
        thread.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(thread.sockets().isTerminated()).isTrue();
        assertThat(lane.closed).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("lane-to-close");
    }

    @Test
    void shouldEndItsThreadWhenClosedBeforeItRan() {
        FakeLane lane = new FakeLane("lane-0");
        thread = lane.start(Transport.best(), Idle.PARK);
        thread.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(lane.closed).isTrue();
    }

    @Test
    void shouldHandleWhatWasPublishedBeforeItClosed() {
        FakeLane lane = new FakeLane("lane-0");
        thread = lane.start(Transport.best(), Idle.PARK);
        AtomicLong handled = new AtomicLong();
        lane.publish(handled::incrementAndGet);
        thread.close();
        assertThat(handled).hasValue(1);
    }

    @Test
    void shouldRefuseSocketsOfAnotherLane() {
        FakeLane lane = new FakeLane("lane-0");
        thread = lane.start(Transport.best(), Idle.PARK);
        LaneFace face =
                new LaneFace(lane, () -> false, () -> Long.MAX_VALUE, until -> {}, () -> 0, (work, tookNs) -> {});
        assertThatThrownBy(() ->
                        LaneThread.start(face, thread.sockets(), Idle.PARK, Tick.ofMs(0), SystemNanoClock.INSTANCE))
                .isInstanceOf(IllegalStateException.class);
    }
}
