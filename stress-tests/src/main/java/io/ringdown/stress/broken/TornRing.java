package io.ringdown.stress.broken;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.ring.EventRing;
import io.ringdown.stress.Ring;
import java.util.function.Consumer;

/** Looks for room and then claims, with a plain counter; and a slot is out before it is filled. */
public final class TornRing implements Ring {
    private final CallEvent[] slots = {new CallEvent(), new CallEvent(), new CallEvent(), new CallEvent()};
    private long published;
    private long drained;

    @Override
    public boolean tell(Consumer<CallEvent> fill) {
        return tell(fill, SLOTS);
    }

    @Override
    public boolean tellFromOutside(Consumer<CallEvent> fill) {
        return tell(fill, SLOTS - 1);
    }

    private boolean tell(Consumer<CallEvent> fill, int room) {
        if (published - drained >= room) {
            return false;
        }
        CallEvent slot = slots[(int) (published % SLOTS)];
        published++;
        fill.accept(slot);
        return true;
    }

    @Override
    public int drain(EventRing.Drain drain) {
        int count = 0;
        for (; drained < published; drained++) {
            drain.onEvent(slots[(int) (drained % SLOTS)]);
            count++;
        }
        return count;
    }

    @Override
    public boolean hasPublished() {
        return drained < published;
    }
}
