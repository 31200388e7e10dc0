package io.ringdown.engine.lane;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.HangupLatch;
import java.util.function.Consumer;

/**
 * How other threads reach a call: through the ring of its lane. Immutable; any thread. An address outlives its call, and
 * what is then sent to it is ignored.
 *
 * @param lane the call's lane for life
 * @param slot the call's place in the lane
 * @param epoch tells the call from earlier and later ones in that place (S45)
 * @param latch the call's latch, for a supervisor whose lane does not answer
 */
public record CallAddress(Lane lane, int slot, int epoch, HangupLatch latch) {
    /**
     * Publishes one event to the call and wakes its lane.
     *
     * @param fill fills the event; must not throw
     * @return false when the ring has no room for other threads: nothing was published
     */
    public boolean tell(Consumer<CallEvent> fill) {
        return lane.post(slot, epoch, fill);
    }
}
