package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The calls of a lane, each told what happened to it, served, and let go. One that fails costs itself and nobody
 * else, whatever fails in it (S55). Lane only, but {@link #count}.
 */
final class LaneCalls {
    private final Lane lane;
    private final LaneCounters counters;
    private final LaneTimers timers;
    private final CallSlots slots;
    private volatile int live;

    /** Calls to serve in this turn; and those whose socket holds back what it was given, to look at in every turn. */
    private final ArrayDeque<Call> touched = new ArrayDeque<>();

    private final ArrayList<Call> blocked = new ArrayList<>();
    private final ArrayDeque<CallPort> refused = new ArrayDeque<>();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final EventRing.Drain handler = this::onEvent;
    private final Consumer<Call> due = this::touch;

    /** A call is on the stack: what is called back meanwhile waits, and no event is drained. */
    private boolean serving;

    private boolean reclaiming;

    LaneCalls(Lane lane, int maxCalls) {
        this.lane = lane;
        counters = lane.counters();
        timers = new LaneTimers(lane.nowNs());
        slots = new CallSlots(maxCalls);
    }

    /** The port of a call that is new; null when there is no place for it. */
    CallPort open(CallSettings settings, Function<CallPort, Legs> legs, Consumer<CallSummary> whenOver) {
        if (slots.isFull()) {
            return null;
        }
        int slot = slots.take();
        CallPort port = new CallPort(lane, slot, slots.epoch(slot), new HangupLatch());
        Call call;
        try {
            call = new Call(lane, port, settings, legs, whenOver);
        } catch (RuntimeException | Error e) {
            slots.giveBack(slot);
            throw e;
        }
        slots.put(slot, call);
        live++;
        counters.add(LaneCounter.CALLS_OPENED, 1);
        touch(call);
        return port;
    }

    // a turn

    /** Tells calls what the ring holds for them. Returns how many events that were. */
    int drain(EventRing ring) {
        serving = true;
        try {
            return ring.drain(handler);
        } finally {
            serving = false;
        }
    }

    private void onEvent(CallEvent event) {
        Call call = slots.find(event.slot(), event.epoch());
        if (call == null) {
            counters.add(LaneCounter.EVENTS_STALE, 1);
        } else {
            apply(call, event);
        }
        if (event.frame() != null) {
            dropUntaken(call, event);
        }
    }

    private void apply(Call call, CallEvent event) {
        try {
            call.on(event);
        } catch (RuntimeException | Error e) {
            fail(call, e);
        }
        touch(call);
    }

    private static void fail(Call call, Throwable cause) {
        try {
            call.fail(cause);
        } catch (RuntimeException | Error e) {
            CallLog.failed(null, e);
        }
    }

    private void dropUntaken(Call call, CallEvent event) {
        Frame frame = event.takeFrame();
        if (call != null && event.type() == EventType.CALLER_AUDIO) {
            call.callerAudioUntaken(frame.audioBytes());
        } else {
            counters.dropped(DropReason.AFTER_END, frame.audioBytes());
        }
        frame.release();
    }

    /** Touches the calls whose timer is due. Returns how many. */
    int fireTimers(long nowNs) {
        return timers.fire(nowNs, due);
    }

    /** Serves every call that was touched, and looks at those whose socket held something back. Returns how many were touched. */
    int serve() {
        int served = touched.size();
        for (int i = 0; i < blocked.size(); i++) {
            Call call = blocked.get(i);
            call.blocked = false;
            if (!call.isReleased()) {
                touch(call);
            }
        }
        blocked.clear();
        serveTouched();
        return served;
    }

    /** Serves every call that was touched. */
    void serveTouched() {
        for (int i = touched.size(); i > 0; i--) {
            serve(touched.poll());
        }
    }

    private void serve(Call call) {
        call.touched = false;
        serving = true;
        try {
            if (!call.isReleased() && call.move() && !call.blocked) {
                call.blocked = true;
                blocked.add(call);
            }
        } catch (RuntimeException | Error e) {
            fail(call, e);
        }
        if (call.isReleased()) {
            release(call);
        } else {
            timers.schedule(call, call.dueNs());
        }
        serving = false;
    }

    private void release(Call call) {
        timers.cancel(call);
        slots.giveBack(call.port.address().slot());
        live--;
        try {
            call.close();
        } catch (RuntimeException | Error e) {
            fail(call, e);
        }
    }

    /** Runs what was put off while calls were on the stack. Returns how much that was. */
    int runDeferred() {
        int run = deferred.size() + refused.size();
        for (int i = deferred.size(); i > 0; i--) {
            deferred.poll().run();
        }
        for (int i = refused.size(); i > 0; i--) {
            Call call = find(refused.poll());
            if (call != null) {
                resumeReading(call);
            }
        }
        return run;
    }

    private void resumeReading(Call call) {
        try {
            call.resumeReading();
        } catch (RuntimeException | Error e) {
            fail(call, e);
            touch(call);
        }
    }

    private void touch(Call call) {
        if (!call.touched) {
            call.touched = true;
            touched.add(call);
        }
    }

    private Call find(CallPort port) {
        return slots.find(port.address().slot(), port.address().epoch());
    }

    // what is asked between turns and within them

    /** Runs {@code task} now, or, while a call is on the stack, after the calls. */
    void afterTurn(Runnable task) {
        if (serving) {
            nextTurn(task);
        } else {
            task.run();
        }
    }

    /** Runs {@code task} behind the calls of the turn that is under way, or is next. */
    void nextTurn(Runnable task) {
        deferred.add(task);
    }

    /** A call is on the stack. */
    boolean isServing() {
        return serving;
    }

    /** When a call must be served although nothing happens; {@link Call#NEVER} if none must. */
    long nextDeadlineNs() {
        return timers.nextNs();
    }

    /** Something is to be done although nothing happens. */
    boolean hasWork() {
        return !touched.isEmpty() || !deferred.isEmpty() || !refused.isEmpty();
    }

    /** The ring had no room for the call, which reads on once a turn has made some. */
    void refused(CallPort port) {
        if (!refused.contains(port)) {
            refused.add(port);
        }
    }

    void callerAudioRefused(CallPort port, int bytes) {
        Call call = find(port);
        if (call != null) {
            call.callerAudioRefused(bytes);
        }
    }

    /** Takes its waiting response from the call that holds most, never from the one that asks. False if that freed nothing. */
    boolean reclaimFor(CallPort asker) {
        Call richest = reclaiming ? null : slots.richestBut(asker);
        if (richest == null) {
            return false;
        }
        boolean wasServing = serving;
        if (!wasServing) {
            lane.lookAtClock(); // outside of a turn the call is to see the time there is
        }
        serving = true;
        reclaiming = true; // the richest may want a frame itself, but not from the one that is asking
        try {
            return richest.yieldFrames();
        } catch (RuntimeException | Error e) {
            fail(richest, e);
            return false;
        } finally {
            reclaiming = false;
            serving = wasServing;
            touch(richest);
        }
    }

    /** What may be seen of each call. */
    List<CallSnapshot> snapshots() {
        return slots.snapshots();
    }

    /** How many there are. Any thread. */
    int count() {
        return live;
    }
}
