package io.ringdown.engine.lane; // calls and their timers are the lane's own

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * What does it cost a lane to know how long it may park? Each call has one timer, set 250 ms on whenever it fires. One
 * operation is the turn in which the next one fires; with the question, the lane then asks what is due next, of a wheel
 * that has to look at all its timers. A heap knows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class NextDeadlineBenchmark {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final class Due implements Comparable<Due> {
        long dueNs;

        @Override
        public int compareTo(Due other) {
            return Long.compare(dueNs, other.dueNs);
        }
    }

    @Param({"100", "500"})
    int calls;

    private final LaneTimers wheel = new LaneTimers(0);
    private final ArrayDeque<Call> due = new ArrayDeque<>();
    private final Consumer<Call> onDue = due::addLast;
    private final PriorityQueue<Due> heap = new PriorityQueue<>();
    private long turnNs;
    private long nowNs;

    @Setup
    public void set() {
        Lane lane = new Lane("lane-0", LaneSettings.forCalls(calls), () -> 0, command -> true, () -> {});
        turnNs = PERIOD_NS / calls;
        for (int call = 0; call < calls; call++) {
            CallPort port = new CallPort(lane, call, 1, new HangupLatch());
            long dueNs = (call + 1) * turnNs;
            wheel.schedule(new Call(lane, port, settings(), legs -> new Legs(null, null), summary -> {}), dueNs);
            Due inHeap = new Due();
            inHeap.dueNs = dueNs;
            heap.add(inHeap);
        }
    }

    private static CallSettings settings() {
        return new CallSettings(
                "default",
                DrainPolicy.PLAYBACK,
                false,
                false,
                new GoodbyeMatcher(GoodbyePhrases.defaults()),
                new VoicemailMatcher(List.of()),
                Map.of(),
                CallSettings.DEFAULT_MAX_TOOL_CALLS,
                CallSettings.Times.defaults());
    }

    @Benchmark
    public long wheel() {
        nowNs += turnNs;
        requireOne(wheel.fire(nowNs, onDue));
        Call call = due.pollFirst();
        wheel.schedule(call, nowNs + PERIOD_NS);
        return call.timer.dueNs;
    }

    @Benchmark
    public long wheelWithQuestion() {
        long dueNs = wheel();
        return dueNs - require(wheel.nextNs());
    }

    @Benchmark
    public long heapWithQuestion() {
        nowNs += turnNs;
        Due first = heap.poll();
        requireOne(first.dueNs <= nowNs ? 1 : 0);
        first.dueNs = nowNs + PERIOD_NS;
        heap.add(first);
        return require(heap.peek().dueNs);
    }

    private long require(long nextNs) {
        if (nextNs != nowNs + turnNs) {
            throw new IllegalStateException("the next is due in " + (nextNs - nowNs) + " ns");
        }
        return nextNs;
    }

    private static void requireOne(int fired) {
        if (fired != 1) {
            throw new IllegalStateException("fired in one turn: " + fired);
        }
    }
}
