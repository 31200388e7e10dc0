package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One thread and the calls pinned to it for life. A turn of the duty cycle drains the ring, fires timers and moves audio;
 * the lane's sockets are read before and park after it, by whoever runs the lane.
 *
 * <p>All methods belong to the lane's thread, but those that say so.
 */
public final class Lane implements Agent {
    private static final int MAX_BATCH = 1_024;

    /** A caller's frame: whatever takes a lane longer is heard. */
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final LaneSettings settings;
    private final NanoClock clock;
    private final Hangups hangups;
    private final Runnable wakeup;

    /** Null when no journal is kept. */
    private final LaneJournal journal;

    private final EventRing ring;
    private final LaneFrames frames;
    private final LaneTimers timers;
    private final LaneCounters counters = new LaneCounters();
    private final Lateness lateness;

    private final CallSlots slots;
    private final CensusTaker censusTaker = new CensusTaker();
    private volatile int liveCalls;

    /** Calls to serve in this turn; and those whose socket holds back what it was given, to look at in every turn. */
    private final ArrayDeque<Call> touched = new ArrayDeque<>();

    private final ArrayList<Call> blocked = new ArrayList<>();
    private final ArrayDeque<CallPort> refused = new ArrayDeque<>();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final EventRing.Drain handler = this::onEvent;
    private final Consumer<Call> due = this::touch;

    private long nowNs;

    /** A call is on the stack: what is called back meanwhile waits, and no event is drained. */
    private boolean serving;

    private boolean reclaiming;

    /**
     * @param name for logs and threads
     * @param clock the only clock calls ever see
     * @param hangups takes claimed hangups
     * @param wakeup ends the lane's parking; called by other threads after they published
     */
    public Lane(String name, LaneSettings settings, NanoClock clock, Hangups hangups, Runnable wakeup) {
        this(name, settings, clock, hangups, wakeup, null);
    }

    /** The same, with its calls noted in {@code journal}; null for none. */
    public Lane(
            String name,
            LaneSettings settings,
            NanoClock clock,
            Hangups hangups,
            Runnable wakeup,
            LaneJournal journal) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.hangups = hangups;
        this.wakeup = wakeup;
        this.journal = journal;
        nowNs = clock.nanoTime();
        ring = new EventRing(settings.ringSlots(), MAX_BATCH);
        frames = new LaneFrames(settings, clock);
        timers = new LaneTimers(nowNs);
        lateness = new Lateness(settings.tickMs());
        slots = new CallSlots(settings.maxCalls());
    }

    @Override
    public int doWork() {
        nowNs = clock.nanoTime();
        lateness.turned(nowNs);
        long censusAsked = censusTaker.asked(); // ahead of the ring: what was published before is then in the census
        int work = drainRing() + timers.fire(nowNs, due) + moveAudio() + runDeferred();
        work += censusTaker.answer(censusAsked, nowNs, slots);
        counters.lent(frames);
        if (journal != null) {
            journal.commit();
        }
        return work;
    }

    /**
     * Whoever runs the lane says what a turn was, its sockets' reading included.
     *
     * @param work what the turn found; a short turn that found nothing does not count
     */
    public void turned(int work, long tookNs) {
        boolean stalled = tookNs >= STALL_NS;
        if (stalled) {
            counters.add(LaneCounter.TURNS_STALLED, 1);
        }
        if (stalled || work > 0) {
            counters.took(LaneTiming.TURN, tookNs);
        }
    }

    @Override
    public String roleName() {
        return name;
    }

    /**
     * Admits a call, whose carrier is connected.
     *
     * @param callSettings hold until its start, which may bring others
     * @param legs makes its two legs, which publish through the port they are given
     * @param whenOver told once, by the lane's thread, when nothing is left of the call
     * @return the call's port, or null when the lane is full
     */
    public CallPort open(CallSettings callSettings, Function<CallPort, Legs> legs, Consumer<CallSummary> whenOver) {
        if (slots.isFull()) {
            return null;
        }
        nowNs = clock.nanoTime();
        int slot = slots.take();
        CallPort port = new CallPort(this, slot, slots.epoch(slot), new HangupLatch());
        Call call;
        try {
            call = new Call(this, port, callSettings, legs, whenOver);
        } catch (RuntimeException | Error e) {
            slots.giveBack(slot);
            throw e;
        }
        slots.put(slot, call);
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
            counters.waited(drained);
            counters.add(LaneCounter.EVENTS_HANDLED, drained);
            return drained;
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

    /** A call that fails costs itself and nobody else, whatever fails in it. */
    private void fail(Call call, Throwable cause) {
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

    private int moveAudio() {
        int moved = touched.size();
        for (int i = 0; i < blocked.size(); i++) {
            touch(blocked.get(i));
        }
        blocked.clear();
        for (int i = touched.size(); i > 0; i--) {
            serve(touched.poll());
        }
        return moved;
    }

    private void serve(Call call) {
        call.served();
        serving = true;
        try {
            if (!call.isReleased() && call.move()) {
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
        liveCalls--;
        try {
            call.close();
        } catch (RuntimeException | Error e) {
            fail(call, e);
        }
    }

    private int runDeferred() {
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
        if (call.touch()) {
            touched.add(call);
        }
    }

    private Call find(CallPort port) {
        return slots.find(port.address().slot(), port.address().epoch());
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
     * A frame for audio of the model. When all are lent, what waits in the ring is joined first; then the call that
     * holds most loses its response, never the one that asks. Null if even that did not help.
     */
    public Frame downlinkFrame(CallPort asker) {
        Frame frame = frames.takeDownlink();
        if (frame == null && !serving) {
            nowNs = clock.nanoTime();
            drainRing();
            frame = frames.takeDownlink();
        }
        if (frame == null && reclaim(asker)) {
            frame = frames.takeDownlink();
        }
        return frame;
    }

    private boolean reclaim(CallPort asker) {
        Call richest = reclaiming ? null : slots.richestBut(asker);
        if (richest == null) {
            return false;
        }
        boolean wasServing = enter();
        reclaiming = true; // the richest may want a frame itself, but not from the one that is asking
        try {
            if (!richest.yieldFrames()) {
                return false;
            }
            counters.add(LaneCounter.DOWNLINK_BUDGET_SPENT, 1);
            return true;
        } catch (RuntimeException | Error e) {
            fail(richest, e);
            return false;
        } finally {
            reclaiming = false;
            serving = wasServing;
            touch(richest);
        }
    }

    /** A call is about to be on the stack; outside of a turn it is to see the time there is. */
    private boolean enter() {
        boolean wasServing = serving;
        if (!wasServing) {
            nowNs = clock.nanoTime();
        }
        serving = true;
        return wasServing;
    }

    /** A frame for audio of a caller, or null when all are lent. */
    public Frame uplinkFrame() {
        return frames.takeUplink();
    }

    /** Frames for audio of callers. */
    public FramePool uplinkFrames() {
        return frames.uplink;
    }

    /** Caller audio came for which there was no frame: it is counted as dropped. */
    void callerAudioRefused(CallPort port, int bytes) {
        Call call = find(port);
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
            nowNs = clock.nanoTime();
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

    void publish(long sequence) {
        CallEvent event = ring.slot(sequence);
        if (event.type() == EventType.SPEECH_STARTED) {
            event.readAt(clock.nanoTime());
        }
        ring.publish(sequence);
    }

    // what other threads ask

    /** Publishes one event and wakes the lane; false when the ring has no room for other threads. */
    boolean post(int slot, int epoch, Consumer<CallEvent> fill) {
        long sequence = ring.claimFromOutside();
        if (sequence == EventRing.FULL) {
            counters.addFromOutside(LaneCounter.EVENTS_REFUSED, 1);
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

    /** Events that wait to be handled. Any thread. */
    public int eventsWaiting() {
        return settings.ringSlots() - (int) ring.free();
    }

    /** Frames there may ever be. Any thread. */
    public int maxFrames(LanePool pool) {
        return frames.of(pool).maxFrames();
    }

    /** How large it is. Any thread. */
    public LaneSettings settings() {
        return settings;
    }

    /** Any thread. */
    public LaneCounters counters() {
        return counters;
    }

    /** Any thread. */
    public Lateness lateness() {
        return lateness;
    }

    /**
     * Asks for a census, which the lane publishes at the end of a turn that begins after this. Once {@link #census} has the
     * number that is returned here, or is past it, the lane is known to turn. Any thread.
     */
    public long askForCensus() {
        long number = censusTaker.ask();
        wakeup.run();
        return number;
    }

    /** The latest census that was asked for. Any thread. */
    public Census census() {
        return censusTaker.latest();
    }

    // what the one who parks asks

    /** When the lane must be run although nothing happens, in ns of its clock; {@code Long.MAX_VALUE} if never. */
    public long nextDeadlineNs() {
        return timers.nextNs();
    }

    /** Whether there is work now, so that the lane must not park. Behind a full fence when asked before parking. */
    public boolean hasWork() {
        return !touched.isEmpty()
                || !deferred.isEmpty()
                || !refused.isEmpty()
                || ring.hasPublished()
                || censusTaker.isAsked();
    }

    // what calls ask

    EventRing ring() {
        return ring;
    }

    Hangups hangups() {
        return hangups;
    }

    long nowNs() {
        return nowNs;
    }

    LaneJournal journal() {
        return journal;
    }

    LaneFrames frames() {
        return frames;
    }

    /** What began at {@code sinceNs}, on the lane's clock, is done. */
    void took(LaneTiming timing, long sinceNs) {
        counters.took(timing, clock.nanoTime() - sinceNs);
    }

    Frame markFrame(int generation, int mark) {
        Frame frame = frames.marks.acquire();
        if (frame == null) {
            counters.add(LaneCounter.MARKS_REFUSED, 1);
        } else {
            frame.marks(mark, generation);
        }
        return frame;
    }
}
