package io.ringdown.stress.broken;

import io.ringdown.stress.LastEvent;
import java.util.concurrent.atomic.AtomicInteger;

/** Each cause looks whether another was first, and then acts. */
public final class LastEventWithoutALatch implements LastEvent {
    private final AtomicInteger executed = new AtomicInteger();
    private boolean hungUp;
    private boolean takenBack;

    @Override
    public void heard() {
        if (!takenBack) {
            shutDown();
        }
    }

    @Override
    public void speechStarted() {
        if (!hungUp) {
            takenBack = true;
        }
    }

    @Override
    public void shutDown() {
        if (!hungUp) {
            hungUp = true;
            executed.incrementAndGet();
        }
    }

    @Override
    public int executed() {
        return executed.get();
    }

    @Override
    public boolean isTakenBack() {
        return takenBack;
    }
}
