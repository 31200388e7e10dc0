package io.ringdown.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.lane.LaneSettings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a frame cost when it is lent and not made? One operation gets a place for a piece of audio, writes the text into
 * it and gives it back. The baselines are a new array, and Netty's pool of heap buffers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.ringdown.benchmarks.EventLoopThreads"
        })
public class FramePoolBenchmark {
    @Param({"160", "2000"})
    int audioBytes;

    private final FramePool pool = new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, 64);
    private final ByteBufAllocator buffers = ByteBufAllocator.DEFAULT;
    private byte[] text;

    @Setup
    public void check() {
        text = Speech.text(audioBytes);
        if (framePool() != text.length || nettyPool() != text.length || !Arrays.equals(newArray(), text)) {
            throw new IllegalStateException("not the audio's text");
        }
    }

    @Benchmark
    public int framePool() {
        Frame frame = Speech.fill(pool.acquire(), text, audioBytes);
        int chars = frame.textLength();
        frame.release();
        return chars;
    }

    @Benchmark
    public byte[] newArray() {
        byte[] copy = new byte[text.length];
        System.arraycopy(text, 0, copy, 0, text.length);
        return copy;
    }

    @Benchmark
    public int nettyPool() {
        ByteBuf copy = buffers.heapBuffer(text.length).writeBytes(text);
        int chars = copy.readableBytes();
        copy.release();
        return chars;
    }
}
