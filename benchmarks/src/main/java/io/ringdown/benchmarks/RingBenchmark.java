package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.lane.LaneSettings;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an event cost between being published and being handled, when the lane's own sockets publish it? One operation
 * is one event, one of a batch as a read of the sockets leaves it. The baselines are queues of new objects that hold just
 * what this event needs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class RingBenchmark {
    private static final int BATCH = 16;
    private static final int SLOTS = 8_192;
    private static final int AUDIO_BYTES = 160;

    private record Told(int slot, int epoch, Frame frame, long timestampMs) {}

    private final Frame frame = Speech.fill(
            new FramePool(LaneSettings.UPLINK_FRAME_CHARS, 1).acquire(), Speech.text(AUDIO_BYTES), AUDIO_BYTES);
    private final EventRing ring = new EventRing(SLOTS, SLOTS);
    private final EventRing.Drain drain =
            event -> handle(event.slot(), event.epoch(), event.takeFrame(), event.timestampMs());
    private final Queue<Told> arrayDeque = new ArrayDeque<>(SLOTS);
    private final Queue<Told> arrayBlockingQueue = new ArrayBlockingQueue<>(SLOTS);
    private final Queue<Told> concurrentLinkedQueue = new ConcurrentLinkedQueue<>();
    private long handled;

    @Setup
    public void check() {
        long expected = ring();
        for (Queue<Told> queue : List.of(arrayDeque, arrayBlockingQueue, concurrentLinkedQueue)) {
            handled = 0;
            if (through(queue) != expected || expected == 0) {
                throw new IllegalStateException("events were lost or changed: handled=" + handled);
            }
        }
    }

    private void handle(int slot, int epoch, Frame audio, long timestampMs) {
        handled += slot + epoch + audio.audioBytes() + timestampMs;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long ring() {
        for (int i = 0; i < BATCH; i++) {
            long sequence = ring.claim();
            ring.slot(sequence).to(i, 1).callerAudio(frame, 20);
            ring.publish(sequence);
        }
        ring.drain(drain);
        return handled;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long arrayDeque() {
        return through(arrayDeque);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long arrayBlockingQueue() {
        return through(arrayBlockingQueue);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long concurrentLinkedQueue() {
        return through(concurrentLinkedQueue);
    }

    private long through(Queue<Told> queue) {
        for (int i = 0; i < BATCH; i++) {
            queue.offer(new Told(i, 1, frame, 20));
        }
        for (Told told = queue.poll(); told != null; told = queue.poll()) {
            handle(told.slot(), told.epoch(), told.frame(), told.timestampMs());
        }
        return handled;
    }
}
