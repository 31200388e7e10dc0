package io.ringdown.stress;

import io.ringdown.stress.broken.TornRing;
import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two threads publish to a ring that a third drains and publishes to as well. A ring is no linearizable queue, nor meant to
 * be: who published behind a claimed slot waits for it. So what is checked at the end of every interleaving is that each
 * event told was drained once and whole.
 */
class EventRingLincheckTest {
    @Test
    void shouldDrainOnceWhatThreeThreadsPublish() {
        ModelChecking.threeThreads().check(Ours.class);
    }

    @Test
    void shouldSeeThatTheBrokenTwinTearsAndLoses() {
        ModelChecking.assertCaught(Broken.class, Ours.class);
    }

    public static class Ours extends Steps {
        public Ours() {
            super(new Ring.Ours(SLOTS));
        }
    }

    public static class Broken extends Steps {
        public Broken() {
            super(new TornRing(SLOTS));
        }
    }

    /** What the threads around a ring do. */
    public abstract static class Steps {
        /** Room for all that the threads can have to tell: whether a nearly full ring refuses depends on who looks when. */
        static final int SLOTS = 16;

        private final Ring ring;
        private final StringBuilder drained = new StringBuilder(); // lane only
        private volatile int toldByLane;
        private volatile int toldByRestWorker;
        private volatile int toldByOperations;

        Steps(Ring ring) {
            this.ring = ring;
        }

        @Operation(nonParallelGroup = "lane")
        public boolean tellFromTheLane() {
            toldByLane = toldByLane + 1;
            return ring.tell(event -> EventRingStress.fill(event, 1));
        }

        @Operation(nonParallelGroup = "lane")
        public void drain() {
            ring.drain(event -> drained.append(EventRingStress.read(event)));
        }

        @Operation(nonParallelGroup = "rest worker")
        public boolean tellFromTheRestWorker() {
            toldByRestWorker = toldByRestWorker + 1;
            return ring.tellFromOutside(event -> EventRingStress.fill(event, 2));
        }

        @Operation(nonParallelGroup = "operations")
        public boolean tellFromOperations() {
            toldByOperations = toldByOperations + 1;
            return ring.tellFromOutside(event -> EventRingStress.fill(event, 3));
        }

        @Validate
        public void everyEventWasDrainedOnceAndWhole() {
            drain();
            char[] events = drained.toString().replace(",", "").toCharArray();
            Arrays.sort(events);
            String told = "1".repeat(toldByLane) + "2".repeat(toldByRestWorker) + "3".repeat(toldByOperations);
            if (!told.equals(String.valueOf(events))) {
                throw new IllegalStateException("told " + told + ", drained " + drained);
            }
        }
    }
}
