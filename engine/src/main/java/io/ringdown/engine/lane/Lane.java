package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.FramePool;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.journal.LaneJournal;
import io.ringdown.engine.ring.EventRing;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One thread and the calls pinned to it for life. A turn of the duty cycle drains the ring, fires timers and moves audio;
 * the lane's sockets are read before and park after it, by whoever runs the lane, and calls are served while many are still to be
 * read.
 *
 * <p>All methods belong to the lane's thread, but those that say so.
 */
public final class Lane implements Agent {
    private static final int MAX_BATCH = 1_024;

    /** Worth a look at the calls while sockets are still to be read. */
    private static final int MANY_EVENTS = 32;

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
    private final LaneCounters counters = new LaneCounters();
    private final Lateness lateness;

    private final LaneCalls calls;
    private final CensusTaker censusTaker = new CensusTaker();
    private long nowNs;

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
        lateness = new Lateness(settings.tickMs());
        calls = new LaneCalls(this, settings.maxCalls());
    }

    @Override
    public int doWork() {
        nowNs = clock.nanoTime();
        lateness.turned(nowNs);
        long censusAsked = censusTaker.asked(); // ahead of the ring: what was published before is then in the census
        int work = drainAll() + calls.fireTimers(nowNs) + calls.serve() + calls.runDeferred();
        work += censusTaker.answer(censusAsked, nowNs, calls);
        counters.lent(frames);
        if (journal != null) {
            journal.commit();
        }
        return work;
    }

    /**
     * Whoever reads the lane's sockets says that it has read one, and is at no call: once much waits, it is handled and sent on
     * now, or what was read first would wait for the reading of all the rest.
     */
    public void afterReading() {
        if (eventsWaiting() < MANY_EVENTS || calls.isServing()) {
            return;
        }
        try {
            lookAtClock();
            drainAll();
            calls.serveTouched(); // sockets that are full are looked at once a turn
        } catch (RuntimeException | Error e) {
            CallLog.failed(null, e); // not the fault of the call whose socket was read
        }
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
        lookAtClock();
        return calls.open(callSettings, legs, whenOver);
    }

    /**
     * All that waits, which is bounded by the ring: what was left behind would delay all that is read after it, turn after turn,
     * for as long as the lane has no time to spare.
     */
    private int drainAll() {
        int drained = 0;
        int batch;
        do {
            batch = calls.drain(ring);
            drained += batch;
        } while (batch == MAX_BATCH && drained < settings.ringSlots());
        counters.waited(drained);
        counters.add(LaneCounter.EVENTS_HANDLED, drained);
        return drained;
    }

    /** What is asked outside of a turn is to see the time there is. */
    void lookAtClock() {
        nowNs = clock.nanoTime();
    }

    // what legs ask

    /** Runs {@code task} now, or, while calls are being served on the stack, after them. */
    public void afterTurn(Runnable task) {
        calls.afterTurn(task);
    }

    /** Runs {@code task} in the next turn, also when none is under way. Until then the lane does not park. */
    public void nextTurn(Runnable task) {
        calls.nextTurn(task);
    }

    /**
     * A frame for audio of the model. When all are lent, what waits in the ring is joined first; then the call that
     * holds most loses its response, never the one that asks. Null if even that did not help.
     */
    public Frame downlinkFrame(CallPort asker) {
        Frame frame = frames.takeDownlink();
        if (frame == null && !calls.isServing()) {
            lookAtClock();
            drainAll();
            frame = frames.takeDownlink();
        }
        if (frame == null && calls.reclaimFor(asker)) {
            counters.add(LaneCounter.DOWNLINK_BUDGET_SPENT, 1);
            frame = frames.takeDownlink();
        }
        return frame;
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
        calls.callerAudioRefused(port, bytes);
    }

    /**
     * Claims for one of the lane's own publishers. A full ring is drained on the spot, unless that is what is happening
     * already; the lane never waits for itself.
     */
    long claim(CallPort port) {
        long sequence = ring.claim();
        if (sequence == EventRing.FULL && !calls.isServing()) {
            lookAtClock();
            drainAll();
            sequence = ring.claim();
        }
        if (sequence == EventRing.FULL) {
            counters.add(LaneCounter.EVENTS_UNCLAIMED, 1);
            calls.refused(port);
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
        return calls.count();
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
        return calls.nextDeadlineNs();
    }

    /** Whether there is work now, so that the lane must not park. Behind a full fence when asked before parking. */
    public boolean hasWork() {
        return calls.hasWork() || ring.hasPublished() || censusTaker.isAsked();
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
