package io.ringdown.benchmarks;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.ring.EventRing;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long until another thread's event is handled by a lane that is awake, beside a queue of objects? One operation goes
 * from before the claim until the other thread sees that the event was handled. Two threads that spin: each wants a core of
 * its own, and nobody else on it.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class RingHandoffBenchmark {
    private static final int SLOTS = 8_192;
    private static final int MAX_BATCH = 1_024;

    /** What a slot of the ring holds of a hangup's outcome. */
    private record Outcome(int slot, int epoch, EventType type) {}

    /** A lane that never parks. */
    public abstract static class AwakeLane {
        final AtomicLong handled = new AtomicLong(); // the lane writes
        private volatile boolean stopped;
        private Thread thread;

        @Setup
        public void start() {
            if (Runtime.getRuntime().availableProcessors() < 2) {
                throw new IllegalStateException("two threads want two cores");
            }
            thread = new Thread(this::run, "lane");
            thread.start();
        }

        private void run() {
            while (!stopped) {
                turn();
                Thread.onSpinWait();
            }
        }

        abstract void turn();

        void handle(EventType type) {
            handled.setRelease(handled.getPlain() + (type == EventType.HANGUP_CONFIRMED ? 1 : 0));
        }

        /** Publisher. */
        long await(long count) {
            while (handled.getAcquire() < count) {
                Thread.onSpinWait();
            }
            return count;
        }

        @TearDown
        public void stop() throws InterruptedException {
            stopped = true;
            thread.join();
        }
    }

    @State(Scope.Benchmark)
    public static class RingLane extends AwakeLane {
        private final EventRing ring = new EventRing(SLOTS, MAX_BATCH);
        private final EventRing.Drain drain = this::onEvent;

        @Override
        void turn() {
            ring.drain(drain);
        }

        private void onEvent(CallEvent event) {
            handle(event.type());
        }
    }

    @State(Scope.Benchmark)
    public static class QueueLane extends AwakeLane {
        @Param({"ConcurrentLinkedQueue", "ArrayBlockingQueue", "LinkedBlockingQueue"})
        public String type;

        private Queue<Outcome> queue;

        @Setup
        @Override
        public void start() {
            queue = switch (type) {
                case "ConcurrentLinkedQueue" -> new ConcurrentLinkedQueue<>();
                case "ArrayBlockingQueue" -> new ArrayBlockingQueue<>(SLOTS);
                default -> new LinkedBlockingQueue<>(SLOTS);
            };
            super.start();
        }

        @Override
        void turn() {
            for (Outcome outcome = queue.poll(); outcome != null; outcome = queue.poll()) {
                handle(outcome.type());
            }
        }
    }

    @Benchmark
    public long ring(RingLane lane) {
        long next = lane.handled.getPlain() + 1;
        long sequence = lane.ring.claimFromOutside();
        if (sequence == EventRing.FULL) {
            throw new IllegalStateException("the ring is full");
        }
        lane.ring.slot(sequence).to(7, 1).happened(EventType.HANGUP_CONFIRMED);
        lane.ring.publish(sequence);
        return lane.await(next);
    }

    @Benchmark
    public long queue(QueueLane lane) {
        long next = lane.handled.getPlain() + 1;
        if (!lane.queue.offer(new Outcome(7, 1, EventType.HANGUP_CONFIRMED))) {
            throw new IllegalStateException("the queue is full");
        }
        return lane.await(next);
    }
}
