package io.ringdown.stress;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.ring.EventRing;
import java.util.function.Consumer;

/** What threads ask of a ring, a quarter of whose slots is kept for the lane. */
public interface Ring {
    /** Small, so that it is often full. */
    int SLOTS = 4;

    /** The lane's own publishers. False when the ring is full. */
    boolean tell(Consumer<CallEvent> fill);

    /** Any other thread. False when only the lane's reserve is free. */
    boolean tellFromOutside(Consumer<CallEvent> fill);

    /** Lane only. */
    int drain(EventRing.Drain drain);

    /** Any thread. */
    boolean hasPublished();

    /** The ring of our lanes. No record: Lincheck cannot look into one. */
    final class Ours implements Ring {
        private final EventRing ring;

        public Ours(int slots) {
            ring = new EventRing(slots, slots);
        }

        @Override
        public boolean tell(Consumer<CallEvent> fill) {
            return publish(ring.claim(), fill);
        }

        @Override
        public boolean tellFromOutside(Consumer<CallEvent> fill) {
            return publish(ring.claimFromOutside(), fill);
        }

        private boolean publish(long sequence, Consumer<CallEvent> fill) {
            if (sequence == EventRing.FULL) {
                return false;
            }
            fill.accept(ring.slot(sequence));
            ring.publish(sequence);
            return true;
        }

        @Override
        public int drain(EventRing.Drain drain) {
            return ring.drain(drain);
        }

        @Override
        public boolean hasPublished() {
            return ring.hasPublished();
        }
    }
}
