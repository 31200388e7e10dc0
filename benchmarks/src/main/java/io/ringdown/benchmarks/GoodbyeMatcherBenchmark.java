package io.ringdown.benchmarks;

import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost a lane to read a transcript? It is done once a response. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class GoodbyeMatcherBenchmark {
    @Param({
        "Your appointment is on Monday at nine. Is there anything else that I can help you with?",
        "You are all set for Monday at nine. Thank you for calling, and goodbye!",
        "מצוין, קיבלתי. בעל מקצוע יחזור אליך בהקדם. תודה ולהתראות."
    })
    private String transcript;

    private final GoodbyeMatcher matcher = new GoodbyeMatcher(GoodbyePhrases.defaults());

    @Benchmark
    public boolean modelSaysGoodbye() {
        return matcher.modelSaysGoodbye(transcript);
    }
}
