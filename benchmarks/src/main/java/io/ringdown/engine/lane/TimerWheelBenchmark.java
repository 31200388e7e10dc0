package io.ringdown.engine.lane; // calls and their timers are the lane's own

import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DrainPolicy;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.goodbye.GoodbyeMatcher;
import io.ringdown.engine.call.goodbye.GoodbyePhrases;
import io.ringdown.engine.call.goodbye.VoicemailMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to keep a deadline for each of 500 calls, which moves whenever the call is served? Every call is served
 * each 20 ms of virtual time; one operation serves one, sets its timer between half and all of {@code aheadMs} away and fires
 * what is due. At 15 ms each timer fires before its call is served again; at 1,000 ms each is moved and none is ever due.
 *
 * <p>The lane leaves a timer that was set too early and lets it fire in vain; the baselines that move it are eager.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class TimerWheelBenchmark {
    private static final int CALLS = 500;
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(20) / CALLS;
    private static final int AHEADS = 1_024;
    private static final int OWN_NS = 512; // a call's place among the ns of its deadline: no two are due in the same

    @Param({"15", "1000"})
    int aheadMs;

    private final long[] aheadNs = new long[AHEADS];
    private final long[] dueNs = new long[CALLS];
    private final Call[] calls = new Call[CALLS];
    private final LaneTimers laneTimers = new LaneTimers(0);
    private final EagerWheel eagerWheel = new EagerWheel(CALLS);
    private final HeapTimers priorityQueue = new HeapTimers(CALLS);
    private final TreeTimers treeMap = new TreeTimers(CALLS);
    private final Consumer<Call> onCall = this::fired;
    private long nowNs;
    private long turns;
    private long served;
    private int next;

    @Setup
    public void begin() {
        long maxNs = TimeUnit.MILLISECONDS.toNanos(aheadMs);
        Random random = new Random(CALLS);
        Arrays.setAll(aheadNs, turn -> maxNs / 2 + random.nextInt((int) maxNs / 2));
        Lane lane = new Lane("lane-0", LaneSettings.forCalls(CALLS), () -> 0, command -> true, () -> {});
        for (int call = 0; call < CALLS; call++) {
            CallPort port = new CallPort(lane, call, 1, new HangupLatch());
            calls[call] = new Call(lane, port, settings(), legs -> new Legs(null, null), summary -> {});
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

    /** That every timer fired which had to, and no other. */
    @TearDown
    public void check() {
        long must = aheadMs < 20 ? Math.max(0, turns - CALLS) : 0;
        if (served < must || served > must + CALLS) {
            throw new IllegalStateException("timers fired: " + served + " of " + turns);
        }
    }

    private int turn() {
        nowNs += TURN_NS;
        turns++;
        next = next + 1 == CALLS ? 0 : next + 1;
        dueNs[next] = nowNs + aheadNs[(int) turns & AHEADS - 1] & -OWN_NS | next;
        return next;
    }

    private void fired(Call call) {
        int slot = call.port.address().slot();
        if (dueNs[slot] > nowNs) {
            laneTimers.schedule(call, dueNs[slot]);
        } else {
            served++;
        }
    }

    @Benchmark
    public long laneTimers() {
        int call = turn();
        laneTimers.schedule(calls[call], dueNs[call]);
        laneTimers.fire(nowNs, onCall);
        return served;
    }

    @Benchmark
    public long eagerWheel() {
        int call = turn();
        eagerWheel.move(call, dueNs[call]);
        served += eagerWheel.fire(nowNs);
        return served;
    }

    @Benchmark
    public long priorityQueue() {
        int call = turn();
        priorityQueue.move(call, dueNs[call]);
        served += priorityQueue.fire(nowNs);
        return served;
    }

    @Benchmark
    public long treeMap() {
        int call = turn();
        treeMap.move(call, dueNs[call]);
        served += treeMap.fire(nowNs);
        return served;
    }

    /** The lane's way of moving with the heap: what is left of the difference is the wheel's. */
    @Benchmark
    public long lazyPriorityQueue() {
        int call = turn();
        priorityQueue.schedule(call, dueNs[call]);
        served += priorityQueue.fireOrPutOff(nowNs, dueNs);
        return served;
    }
}
