package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.audio.OutQueue;
import io.ringdown.engine.audio.TxQueue;
import io.ringdown.engine.lane.LaneSettings;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost audio to wait? Ten seconds of it do, in frames of 250 ms; one operation takes the first and puts it behind
 * the last. {@code out} also counts its bytes and looks whether the frame carries on its last.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class AudioQueueBenchmark {
    private static final int WAITING = 40;
    private static final int ENTRIES = 64;
    private static final int AUDIO_BYTES = 2_000;

    private final OutQueue out = new OutQueue(WAITING * AUDIO_BYTES);
    private final TxQueue tx = new TxQueue();
    private final Queue<Frame> arrayDeque = new ArrayDeque<>(ENTRIES);
    private final Queue<Frame> arrayBlockingQueue = new ArrayBlockingQueue<>(ENTRIES);
    private final Queue<Frame> concurrentLinkedQueue = new ConcurrentLinkedQueue<>();

    @Setup
    public void fill() {
        FramePool pool = new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, 5 * WAITING);
        byte[] text = Speech.text(AUDIO_BYTES);
        for (int i = 0; i < WAITING; i++) {
            boolean taken = out.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES))
                    && tx.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES))
                    && arrayDeque.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES))
                    && arrayBlockingQueue.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES))
                    && concurrentLinkedQueue.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES));
            if (!taken) {
                throw new IllegalStateException("no room: waiting=" + i);
            }
        }
        if (out().audioBytes() != AUDIO_BYTES || out.bytes() != WAITING * AUDIO_BYTES || pool.available() != 0) {
            throw new IllegalStateException("frames were joined: free=" + pool.available());
        }
    }

    @Benchmark
    public Frame out() {
        Frame frame = out.poll();
        out.offer(frame);
        return frame;
    }

    @Benchmark
    public Frame tx() {
        Frame frame = tx.poll();
        tx.offer(frame);
        return frame;
    }

    @Benchmark
    public Frame arrayDeque() {
        return next(arrayDeque);
    }

    @Benchmark
    public Frame arrayBlockingQueue() {
        return next(arrayBlockingQueue);
    }

    @Benchmark
    public Frame concurrentLinkedQueue() {
        return next(concurrentLinkedQueue);
    }

    private static Frame next(Queue<Frame> queue) {
        Frame frame = queue.poll();
        queue.offer(frame);
        return frame;
    }
}
