package io.ringdown.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What does it cost a lane to carry one frame, and what garbage does that make? One operation is one frame of one call and
 * the turn that carries it, with legs that do nothing: what is left is the engine. Time is virtual and as long as the audio,
 * marks come back when they are heard, and responses begin and end as they do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class LaneTickBenchmark {
    @Param({"1", "100"})
    int calls;

    @Param({"off", "on"})
    String journal;

    private TemporaryJournal kept;
    private Conversations conversations;

    @Setup(Level.Trial)
    public void begin() {
        kept = journal.equals("on") ? new TemporaryJournal() : null;
        conversations = new Conversations(calls, kept == null ? null : kept.lane());
    }

    @TearDown(Level.Trial)
    public void check() throws IOException {
        conversations.check();
        if (kept != null) {
            kept.check();
            kept.close();
        }
    }

    /** 250 ms of the model: ring, machine, {@code out}, {@code tx}, carrier's leg. The response never ends. */
    @Benchmark
    public int downlink() {
        return conversations.modelSpeaks(Integer.MAX_VALUE);
    }

    /** The same in responses of 5 s, each with its beginning, its transcript and its end: what they cost a frame. */
    @Benchmark
    public int downlinkInResponses() {
        return conversations.modelSpeaks(20);
    }

    /** 20 ms of the caller: ring, machine, model's leg. */
    @Benchmark
    public int uplink() {
        return conversations.callerSpeaks();
    }
}
