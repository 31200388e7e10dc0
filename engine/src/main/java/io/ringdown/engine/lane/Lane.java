package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.ring.EventRing;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

public final class Lane implements Agent {
    public Lane(String name, LaneSettings settings, NanoClock clock, Hangups hangups, Runnable wakeup) {}

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public String roleName() {
        return "";
    }

    /** Lane only. Admits a call; null when the lane is full. */
    public CallPort open(CallSettings settings, Function<CallPort, Legs> legs, Consumer<CallSummary> whenOver) {
        return null;
    }

    /** Lane only: runs {@code task} now, or after the current turn if calls are being served on the stack. */
    public void afterTurn(Runnable task) {}

    /** Any other thread. Publishes and wakes the lane. */
    boolean post(int slot, int epoch, Consumer<CallEvent> fill) {
        return false;
    }

    EventRing ring() {
        return null;
    }

    /** Lane only. */
    public FramePool uplinkFrames() {
        return null;
    }

    /** Lane only: a frame for audio of the model; when all are lent, the call holding most loses its response, never {@code asker}. Null if that did not help. */
    public Frame downlinkFrame(CallPort asker) {
        return null;
    }

    /** Lane only: when the next timer is due, in the clock's ns; Long.MAX_VALUE if none. */
    public long nextDeadlineNs() {
        return 0;
    }

    /** Any thread: whether published or deferred work waits. */
    public boolean hasWork() {
        return false;
    }

    /** Any thread: calls that live here. */
    public int calls() {
        return 0;
    }
}
