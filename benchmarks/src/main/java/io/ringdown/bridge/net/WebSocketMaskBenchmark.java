package io.ringdown.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to put a WebSocket's mask on or take it off, and to know whether the text is ASCII? 20 ms of the caller
 * are 270 bytes on their way to the model, a good quarter of a second 3,000. The baselines take four bytes at a time, as Netty
 * does, and one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class WebSocketMaskBenchmark {
    private static final int KEY = 0x37FA213D; // of RFC 6455, 5.7
    private static final int BEHIND_HEADER = 8;

    @Param({"270", "3000"})
    int length;

    private ByteBuf frame;

    @Setup
    public void fill() {
        frame = ByteBufAllocator.DEFAULT.directBuffer();
        frame.writeZero(BEHIND_HEADER);
        while (frame.writerIndex() < BEHIND_HEADER + length) {
            frame.writeByte('a');
        }
        byte[] plain = text();
        eightBytes();
        fourBytes();
        boolean same = Arrays.equals(text(), plain);
        eightBytes();
        oneByte();
        if (!same || !Arrays.equals(text(), plain)) {
            throw new IllegalStateException("not the same mask");
        }
    }

    private byte[] text() {
        byte[] text = new byte[length];
        frame.getBytes(BEHIND_HEADER, text);
        return text;
    }

    @TearDown
    public void release() {
        frame.release();
    }

    @Benchmark
    public long eightBytes() {
        return WebSocketMask.apply(frame, BEHIND_HEADER, length, KEY);
    }

    @Benchmark
    public long fourBytes() {
        int all = 0;
        int at = BEHIND_HEADER;
        for (int end = at + length - Integer.BYTES; at <= end; at += Integer.BYTES) {
            int word = frame.getInt(at) ^ KEY;
            frame.setInt(at, word);
            all |= word;
        }
        return all | bytes(at);
    }

    @Benchmark
    public long oneByte() {
        return bytes(BEHIND_HEADER);
    }

    private int bytes(int from) {
        int all = 0;
        for (int at = from; at < BEHIND_HEADER + length; at++) {
            int one = frame.getByte(at) ^ KEY >>> 24 - 8 * (at & 3);
            frame.setByte(at, one);
            all |= one;
        }
        return all;
    }
}
