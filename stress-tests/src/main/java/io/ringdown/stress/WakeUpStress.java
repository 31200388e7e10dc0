package io.ringdown.stress;

import io.ringdown.bridge.net.ParkingLane;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A lane that is about to park, for ever if nobody wakes it, does not sleep on what is published at that moment (S56). The
 * selector is real, one for each thread that plays the lane.
 */
@JCStressTest
@Outcome(id = "handled", expect = Expect.ACCEPTABLE, desc = "the lane was still awake, or was woken")
@Outcome(expect = Expect.FORBIDDEN, desc = "the lane sleeps on a published event")
@State
public class WakeUpStress {
    /** So long a thread of a crowded machine may have to wait for its turn. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private static final ThreadLocal<Sleeper> SLEEPERS = ThreadLocal.withInitial(Sleeper::new);

    /** Somebody slept: that is the verdict, and not waited for again. */
    private static volatile boolean slept;

    private final Ring ring = new Ring.Ours(Ring.SLOTS);
    private volatile Sleeper lane;
    private volatile boolean handled;

    @Actor
    public void lane() {
        Sleeper sleeper = SLEEPERS.get();
        sleeper.ring = ring;
        lane = sleeper;
        sleeper.sleepUntilDrained();
        handled = true;
    }

    @Actor
    public void restWorker(L_Result r) {
        while (lane == null) {
            Thread.onSpinWait();
        }
        ring.tellFromOutside(event -> event.digitPressed("1"));
        lane.parking.wake();
        if (await(() -> handled)) {
            r.r1 = "handled";
        } else {
            r.r1 = "asleep";
            slept = true;
            rouse();
        }
    }

    /** The test must end, though the wake-up may be lost again. */
    private void rouse() {
        while (!handled) {
            lane.parking.wake();
        }
    }

    private static boolean await(BooleanSupplier condition) {
        long begunNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (slept || System.nanoTime() - begunNs > PATIENCE_NS) {
                return condition.getAsBoolean();
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** The lane's thread, and what it turns at the moment. */
    private static final class Sleeper {
        private final ParkingLane parking = new ParkingLane(Subject.of(() -> this::hasWork, () -> this::parksUnseeing));
        private Ring ring; // lane only

        private boolean hasWork() {
            return ring.hasPublished();
        }

        /** The broken twin: what it saw before it decided to park is all it ever sees. */
        private boolean parksUnseeing() {
            return false;
        }

        private void sleepUntilDrained() {
            int drained = 0;
            while (drained == 0) {
                int work = parking.read();
                drained = ring.drain(event -> {});
                parking.idle(work + drained);
            }
        }
    }
}
