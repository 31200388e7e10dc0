package io.ringdown.stress.broken;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.ring.EventRing;
import io.ringdown.stress.Ring;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Looks for room and then claims, with a counter that is volatile but counts in two steps; and a slot is out before it is filled. */
public final class TornRing implements Ring {
    private final CallEvent[] slots;
    private volatile long published;
    private long drained;

    public TornRing(int slots) {
        this.slots = Stream.generate(CallEvent::new).limit(slots).toArray(CallEvent[]::new);
    }

    @Override
    public boolean tell(Consumer<CallEvent> fill) {
        return tell(fill, slots.length);
    }

    @Override
    public boolean tellFromOutside(Consumer<CallEvent> fill) {
        return tell(fill, slots.length - slots.length / 4);
    }

    private boolean tell(Consumer<CallEvent> fill, int room) {
        if (published - drained >= room) {
            return false;
        }
        CallEvent slot = slots[(int) (published % slots.length)];
        published++;
        fill.accept(slot);
        return true;
    }

    @Override
    public int drain(EventRing.Drain drain) {
        int count = 0;
        for (; drained < published; drained++) {
            drain.onEvent(slots[(int) (drained % slots.length)]);
            count++;
        }
        return count;
    }

    @Override
    public boolean hasPublished() {
        return drained < published;
    }
}
