package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One thread and the calls pinned to it for life. A turn of the duty cycle drains the ring, fires timers and moves audio;
 * the lane's sockets are read before and park after it, by whoever runs the lane.
 *
 * <p>All methods belong to the lane's thread, but {@link #post}, {@link #calls} and {@link #counters}.
 */
public final class Lane implements Agent {
    private static final int MAX_BATCH = 1_024;

    private final String name;
    private final LaneSettings settings;
    private final NanoClock clock;
    private final Hangups hangups;
    private final Runnable wakeup;

    private final EventRing ring;
    private final FramePool uplinkFrames;
    private final FramePool downlinkFrames;
    private final FramePool markFrames;
    private final LaneTimers timers;
    private final LaneCounters counters = new LaneCounters();

    private final Call[] calls;
    private final int[] epochs;
    private final IntArrayList freeSlots = new IntArrayList();
    private volatile int liveCalls;

    /** Calls to serve in this turn; and those whose socket holds back what it was given, to look at in every turn. */
    private ArrayDeque<Call> touched = new ArrayDeque<>();

    private final ArrayList<Call> blocked = new ArrayList<>();
    private final ArrayList<CallPort> refused = new ArrayList<>();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final EventRing.Drain handler = this::onEvent;
    private final Consumer<Call> due = this::touch;

    private long nowNs;
    private boolean serving;

    /**
     * @param name for logs and threads
     * @param clock the only clock calls ever see
     * @param hangups takes claimed hangups
     * @param wakeup ends the lane's parking; called by other threads after they published
     */
    public Lane(String name, LaneSettings settings, NanoClock clock, Hangups hangups, Runnable wakeup) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.hangups = hangups;
        this.wakeup = wakeup;
        nowNs = clock.nanoTime();
        ring = new EventRing(settings.ringSlots(), MAX_BATCH);
        uplinkFrames = new FramePool(LaneSettings.UPLINK_FRAME_CHARS, settings.uplinkFrames());
        downlinkFrames = new FramePool(LaneSettings.DOWNLINK_FRAME_CHARS, settings.downlinkFrames());
        markFrames = new FramePool(0, 64 * settings.maxCalls());
        timers = new LaneTimers(nowNs);
        calls = new Call[settings.maxCalls()];
        epochs = new int[settings.maxCalls()];
        for (int slot = settings.maxCalls() - 1; slot >= 0; slot--) {
            freeSlots.addInt(slot);
        }
    }

    @Override
    public int doWork() {
        nowNs = clock.nanoTime();
        return drainRing() + timers.fire(nowNs, due) + moveAudio() + runDeferred();
    }

    @Override
    public String roleName() {
        return name;
    }

    /**
     * Admits a call, whose carrier is connected.
     *
     * @param legs makes its two legs, which publish through the port they are given
     * @param whenOver told once, by the lane's thread, when nothing is left of the call
     * @return the call's port, or null when the lane is full
     */
    public CallPort open(CallSettings callSettings, Function<CallPort, Legs> legs, Consumer<CallSummary> whenOver) {
        if (freeSlots.isEmpty()) {
            return null;
        }
        nowNs = clock.nanoTime();
        int slot = freeSlots.popInt();
        CallPort port = new CallPort(this, slot, ++epochs[slot], new HangupLatch());
        Call call = new Call(this, port, callSettings, legs, whenOver);
        calls[slot] = call;
        liveCalls++;
        counters.add(LaneCounter.CALLS_OPENED, 1);
        touch(call);
        return port;
    }

    // the duty cycle

    private int drainRing() {
        serving = true;
        try {
            int drained = ring.drain(handler);
            counters.add(LaneCounter.EVENTS_HANDLED, drained);
            return drained;
        } finally {
            serving = false;
        }
    }

    private void onEvent(CallEvent event) {
        Call call = find(event.slot(), event.epoch());
        if (call != null) {
            apply(call, event);
        } else {
            counters.add(LaneCounter.EVENTS_STALE, 1);
        }
        if (event.frame() != null) {
            event.takeFrame().release();
        }
    }

    /** A call that fails costs itself: an escaping error would have the ring show the same event for ever. */
    private void apply(Call call, CallEvent event) {
        try {
            call.on(event);
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
        touch(call);
    }

    private int moveAudio() {
        serving = true;
        int moved = touched.size();
        for (Call call : blocked) {
            touch(call);
        }
        blocked.clear();
        for (int i = touched.size(); i > 0; i--) {
            serve(touched.poll());
        }
        serving = false;
        return moved;
    }

    private void serve(Call call) {
        call.served();
        try {
            if (!call.isReleased() && call.move()) {
                blocked.add(call);
            }
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
        if (call.isReleased()) {
            release(call);
        } else {
            timers.schedule(call, call.dueNs());
        }
    }

    private void release(Call call) {
        int slot = call.port.address().slot();
        if (calls[slot] != call) {
            return;
        }
        calls[slot] = null;
        blocked.remove(call);
        timers.cancel(call);
        freeSlots.addInt(slot);
        liveCalls--;
        call.close();
    }

    private int runDeferred() {
        int run = deferred.size() + refused.size();
        for (int i = deferred.size(); i > 0; i--) {
            deferred.poll().run();
        }
        for (int i = refused.size(); i > 0; i--) {
            CallPort port = refused.remove(0);
            Call call = find(port.address().slot(), port.address().epoch());
            if (call != null) {
                call.resumeReading();
            }
        }
        return run;
    }

    private void touch(Call call) {
        if (call.touch()) {
            touched.add(call);
        }
    }

    private Call find(int slot, int epoch) {
        Call call = calls[slot];
        return call != null && epochs[slot] == epoch ? call : null;
    }

    // what legs ask

    /** Runs {@code task} now, or, while calls are being served on the stack, after them. */
    public void afterTurn(Runnable task) {
        if (serving) {
            deferred.add(task);
        } else {
            task.run();
        }
    }

    /**
     * A frame for audio of the model. When all are lent, the call that holds most loses its response, never the one that
     * asks. Null if even that did not help.
     */
    public Frame downlinkFrame(CallPort asker) {
        Frame frame = downlinkFrames.acquire();
        if (frame == null && reclaim(asker)) {
            frame = downlinkFrames.acquire();
        }
        return frame;
    }

    private boolean reclaim(CallPort asker) {
        Call richest = null;
        for (Call call : calls) {
            boolean candidate = call != null && call.port != asker && call.outBytes() > 0;
            if (candidate && (richest == null || call.outBytes() > richest.outBytes())) {
                richest = call;
            }
        }
        if (richest == null) {
            return false;
        }
        counters.add(LaneCounter.DOWNLINK_BUDGET_SPENT, 1);
        try {
            richest.yieldFrames();
        } catch (RuntimeException | Error e) {
            richest.fail(e);
        }
        touch(richest);
        return true;
    }

    /** Frames for audio of callers. */
    public FramePool uplinkFrames() {
        return uplinkFrames;
    }

    /** Caller audio came for which there was no frame: it is counted as dropped. */
    void callerAudioRefused(CallPort port, int bytes) {
        Call call = find(port.address().slot(), port.address().epoch());
        if (call != null) {
            call.callerAudioRefused(bytes);
        }
    }

    /**
     * Claims for one of the lane's own publishers. A full ring is drained on the spot, unless that is what is happening
     * already; the lane never waits for itself.
     */
    long claim(CallPort port) {
        long sequence = ring.claim();
        if (sequence == EventRing.FULL && !serving) {
            drainRing();
            sequence = ring.claim();
        }
        if (sequence == EventRing.FULL) {
            counters.add(LaneCounter.EVENTS_UNCLAIMED, 1);
            if (!refused.contains(port)) {
                refused.add(port);
            }
        }
        return sequence;
    }

    // what other threads ask

    /** Publishes one event and wakes the lane; false when the ring has no room for other threads. */
    boolean post(int slot, int epoch, Consumer<CallEvent> fill) {
        long sequence = ring.claimFromOutside();
        if (sequence == EventRing.FULL) {
            return false;
        }
        try {
            fill.accept(ring.slot(sequence).to(slot, epoch));
        } finally {
            ring.publish(sequence);
        }
        wakeup.run();
        return true;
    }

    /** Calls that live here. Any thread. */
    public int calls() {
        return liveCalls;
    }

    /** Any thread. */
    public LaneCounters counters() {
        return counters;
    }

    // what the one who parks asks

    /** When the lane must be run although nothing happens, in ns of its clock; {@code Long.MAX_VALUE} if never. */
    public long nextDeadlineNs() {
        return timers.nextNs();
    }

    /** Whether there is work now, so that the lane must not park. Behind a full fence when asked before parking. */
    public boolean hasWork() {
        return !touched.isEmpty() || !deferred.isEmpty() || !refused.isEmpty() || ring.hasPublished();
    }

    // what calls ask

    EventRing ring() {
        return ring;
    }

    LaneSettings settings() {
        return settings;
    }

    Hangups hangups() {
        return hangups;
    }

    long nowNs() {
        return nowNs;
    }

    Frame markFrame(int generation, int mark) {
        Frame frame = markFrames.acquire();
        if (frame != null) {
            frame.marks(mark, generation);
        }
        return frame;
    }
}
