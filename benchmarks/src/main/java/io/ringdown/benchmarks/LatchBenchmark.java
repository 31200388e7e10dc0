package io.ringdown.benchmarks;

import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.call.HangupReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the latch cost a call? One operation is its whole life with nobody in its way, and what a late second claim is
 * told. Each is published before it is used, so that no lock is optimised away.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class LatchBenchmark {
    private static final int RESPONSE = 7;

    private HangupLatch latch;
    private Locked locked;
    private Referred referred;

    @Benchmark
    public boolean latch() {
        latch = new HangupLatch();
        return won(latch.claim(HangupReason.OPERATOR, RESPONSE))
                && won(!latch.claim(HangupReason.SHUTDOWN, 0))
                && won(latch.execute())
                && won(latch.done())
                && won(latch.reason() == HangupReason.OPERATOR);
    }

    @Benchmark
    public boolean synchronizedFields() {
        locked = new Locked();
        return won(locked.claim(HangupReason.OPERATOR, RESPONSE))
                && won(!locked.claim(HangupReason.SHUTDOWN, 0))
                && won(locked.move(HangupLatch.State.CLAIMED, HangupLatch.State.EXECUTING))
                && won(locked.move(HangupLatch.State.EXECUTING, HangupLatch.State.DONE))
                && won(locked.reason() == HangupReason.OPERATOR);
    }

    @Benchmark
    public boolean atomicReference() {
        referred = new Referred();
        return won(referred.claim(HangupReason.OPERATOR, RESPONSE))
                && won(!referred.claim(HangupReason.SHUTDOWN, 0))
                && won(referred.move(HangupLatch.State.CLAIMED, HangupLatch.State.EXECUTING))
                && won(referred.move(HangupLatch.State.EXECUTING, HangupLatch.State.DONE))
                && won(referred.reason() == HangupReason.OPERATOR);
    }

    private static boolean won(boolean step) {
        if (!step) {
            throw new IllegalStateException("the latch moved otherwise than it should");
        }
        return true;
    }

    /** The same promise kept by a lock. */
    private static final class Locked {
        private HangupLatch.State state = HangupLatch.State.OPEN;
        private HangupReason reason;
        private int response;

        synchronized boolean claim(HangupReason why, int of) {
            if (!move(HangupLatch.State.OPEN, HangupLatch.State.CLAIMED)) {
                return false;
            }
            reason = why;
            response = of;
            return true;
        }

        synchronized boolean move(HangupLatch.State from, HangupLatch.State to) {
            boolean moved = state == from;
            state = moved ? to : state;
            return moved;
        }

        synchronized HangupReason reason() {
            return response == RESPONSE ? reason : null;
        }
    }

    /** The same promise kept by exchanging an immutable object. */
    private static final class Referred {
        private static final Claim OPEN = new Claim(HangupLatch.State.OPEN, null, 0);

        private record Claim(HangupLatch.State state, HangupReason reason, int response) {}

        private final AtomicReference<Claim> claim = new AtomicReference<>(OPEN);

        boolean claim(HangupReason why, int of) {
            return claim.compareAndSet(OPEN, new Claim(HangupLatch.State.CLAIMED, why, of));
        }

        boolean move(HangupLatch.State from, HangupLatch.State to) {
            Claim now = claim.get();
            return now.state() == from && claim.compareAndSet(now, new Claim(to, now.reason(), now.response()));
        }

        HangupReason reason() {
            Claim now = claim.get();
            return now.response() == RESPONSE ? now.reason() : null;
        }
    }
}
