package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.audio.OutQueue;
import java.util.Arrays;
import java.util.Base64;
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
 * What does it cost to join three padded pieces of 20 ms into one of 60 ms? One operation is three frames through
 * {@code out}, which carries on their text behind the padding. The baselines decode and encode the same three frames.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class Base64JoinBenchmark {
    private static final int PIECES = 3;
    private static final int AUDIO_BYTES = 160;
    private static final int WHOLE_CHARS = Base64Text.length(PIECES * AUDIO_BYTES);

    private final byte[] text = Speech.text(AUDIO_BYTES);
    private final byte[] audio = new byte[AUDIO_BYTES];
    private final byte[] joined = new byte[PIECES * AUDIO_BYTES];
    private final byte[] target = new byte[WHOLE_CHARS];
    private final FramePool pool = new FramePool(WHOLE_CHARS, PIECES);
    private final OutQueue out = new OutQueue(PIECES * AUDIO_BYTES);
    private final Base64.Decoder decoder = Base64.getDecoder();
    private final Base64.Encoder encoder = Base64.getEncoder();

    @Setup
    public void check() {
        for (int piece = 0; piece < PIECES; piece++) {
            System.arraycopy(Speech.audio(AUDIO_BYTES), 0, joined, piece * AUDIO_BYTES, AUDIO_BYTES);
        }
        byte[] expected = encoder.encode(joined);
        Arrays.fill(joined, (byte) 0);
        Frame frame = carriedOn();
        boolean same = Arrays.equals(frame.text(), expected) && out.isEmpty() && Arrays.equals(reencoded(), expected);
        frame.release();
        if (!same || reencodedInPlace() != target.length || !Arrays.equals(target, expected)) {
            throw new IllegalStateException("not the text of all three");
        }
    }

    @Benchmark
    public int outQueue() {
        Frame frame = carriedOn();
        int chars = frame.textLength();
        frame.release();
        return chars;
    }

    private Frame carriedOn() {
        for (int piece = 0; piece < PIECES; piece++) {
            out.offer(Speech.fill(pool.acquire(), text, AUDIO_BYTES));
        }
        return out.poll();
    }

    @Benchmark
    public byte[] reencoded() {
        byte[] all = new byte[PIECES * AUDIO_BYTES];
        for (int piece = 0; piece < PIECES; piece++) {
            System.arraycopy(decoder.decode(text), 0, all, piece * AUDIO_BYTES, AUDIO_BYTES);
        }
        return encoder.encode(all);
    }

    @Benchmark
    public int reencodedInPlace() {
        for (int piece = 0; piece < PIECES; piece++) {
            decoder.decode(text, audio);
            System.arraycopy(audio, 0, joined, piece * AUDIO_BYTES, AUDIO_BYTES);
        }
        return encoder.encode(joined, target);
    }
}
