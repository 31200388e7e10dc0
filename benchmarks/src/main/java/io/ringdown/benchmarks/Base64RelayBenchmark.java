package io.ringdown.benchmarks;

import io.ringdown.bridge.json.CanonicalBase64;
import java.util.Arrays;
import java.util.Base64;
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
 * What does it save to relay base64 as text? Both protocols carry the same audio as the same text, so it need only be
 * copied, and, as it comes from a peer, found canonical. The baselines decode and encode it, into new arrays and into the
 * same ones every time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class Base64RelayBenchmark {
    @Param({"160", "2000"})
    int audioBytes;

    private final Base64.Decoder decoder = Base64.getDecoder();
    private final Base64.Encoder encoder = Base64.getEncoder();
    private byte[] text;
    private byte[] audio;
    private byte[] target;

    @Setup
    public void check() {
        text = Speech.text(audioBytes);
        audio = new byte[audioBytes];
        target = new byte[text.length];
        if (relay() != audioBytes || !Arrays.equals(target, text) || !Arrays.equals(reencode(), text)) {
            throw new IllegalStateException("not the same text");
        }
        Arrays.fill(target, (byte) 0);
        if (reencodeInPlace() != text.length || !Arrays.equals(target, text)) {
            throw new IllegalStateException("not the same text in place");
        }
    }

    @Benchmark
    public int relay() {
        System.arraycopy(text, 0, target, 0, text.length);
        return CanonicalBase64.decodedLength(target, 0, target.length);
    }

    /** Without the finding: the rest of {@link #relay} is what trusting nobody costs. */
    @Benchmark
    public byte[] copy() {
        System.arraycopy(text, 0, target, 0, text.length);
        return target;
    }

    @Benchmark
    public byte[] reencode() {
        return encoder.encode(decoder.decode(text));
    }

    @Benchmark
    public int reencodeInPlace() {
        decoder.decode(text, audio);
        return encoder.encode(audio, target);
    }
}
