package io.ringdown.engine.journal;

import io.ringdown.engine.call.CallCommands;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.HangupLatch;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * A lane's journal: gathers what its calls do in a turn and appends it to the segment at hand as one block. It never waits:
 * where no segment is ready, what should have been written is counted as lost, and the calls go on. Lane only, but what says
 * otherwise.
 */
public final class LaneJournal {
    /** What stands for words that are not to be known, wherever they are left out. */
    public static final String REDACTED = "[redacted]";

    private final boolean redacted;
    private final BlockWriter block = new BlockWriter();
    private final KnownSettings settings = new KnownSettings();
    private Segment segment;
    private long lastCall;
    private int events;

    /** How often records were lost: what follows cannot lean on what came before. */
    private int losses;

    // between the lane and the thread that prepares segments
    private final AtomicReference<Segment> ready = new AtomicReference<>();
    private final AtomicReference<Segment> written = new AtomicReference<>();
    private volatile Segment outdated;
    private final Queue<Segment> full = new OneToOneConcurrentArrayQueue<>(4);

    // written by the lane, read by anybody
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong eventsLost = new AtomicLong();
    private final AtomicLong segmentsUsed = new AtomicLong();

    LaneJournal(boolean redacted) {
        this.redacted = redacted;
    }

    /**
     * Begins the journal of a call, which stands between its machine and {@code commands}.
     *
     * @param callSettings written once for all calls that share them
     * @param nowNs what the call's machine takes for the beginning
     */
    public CallJournal open(CallSettings callSettings, HangupLatch latch, CallCommands commands, long nowNs) {
        CallJournal call = new CallJournal(this, ++lastCall, latch, commands, redacted);
        call.opened(number(callSettings), nowNs);
        return call;
    }

    /** The number by which records name these settings; they are written first where they are not yet. */
    int number(CallSettings sought) {
        int known = settings.find(sought);
        if (known == 0) {
            known = settings.add(sought);
            append(settings.block(known), settings.block(known).length, 0);
        }
        return known;
    }

    /** Where records of that call go next. */
    BlockWriter block(CallJournal call) {
        if (block.isFull()) {
            commit();
        }
        if (call.takeLoss(losses)) {
            block.call(call.number());
            block.tag(Layout.GAP);
        } else {
            block.call(call.number());
        }
        return block;
    }

    BlockWriter event(CallJournal call, long nowNs) {
        events++;
        BlockWriter records = block(call);
        records.time(nowNs);
        return records;
    }

    int losses() {
        return losses;
    }

    /** Writes what gathered since the last time: at the end of a turn. */
    public void commit() {
        if (!block.isEmpty()) {
            append(block.bytes(), block.seal(), events);
            block.clear();
            events = 0;
        }
    }

    private void append(byte[] bytes, int length, int eventsInIt) {
        try {
            boolean goesOn = segment != null && segment != outdated;
            if (goesOn && segment.append(bytes, length) || roll() && segment.append(bytes, length)) {
                bytesWritten.lazySet(bytesWritten.getPlain() + length);
                return;
            }
        } catch (InternalError fault) { // somebody cut the file, or the disk failed, under the mapping
            retire();
        }
        losses++;
        eventsLost.lazySet(eventsLost.getPlain() + eventsInIt);
    }

    /** Goes on in the next segment, which begins with the settings that calls lean on. False when none is ready. */
    private boolean roll() {
        retire();
        segment = ready.getAndSet(null);
        written.set(segment);
        for (int known = settings.first(); segment != null && known <= settings.last(); known++) {
            byte[] settingsBlock = settings.block(known);
            segment.append(settingsBlock, settingsBlock.length);
        }
        segmentsUsed.lazySet(segmentsUsed.getPlain() + (segment == null ? 0 : 1));
        return segment != null;
    }

    private void retire() {
        if (segment != null) {
            written.set(null);
            full.offer(segment);
            segment = null;
        }
    }

    // the thread that prepares segments

    boolean wantsSegment() {
        return ready.get() == null;
    }

    void give(Segment prepared) {
        ready.set(prepared);
    }

    /** The next segment that the lane has let go of, or null. */
    Segment takeFull() {
        return full.poll();
    }

    /** The one that is being written, or null. */
    Segment current() {
        return written.get();
    }

    /** Nothing more goes into {@code segment}. */
    void rollNext(Segment segment) {
        outdated = segment;
    }

    boolean isOutdated(Segment segment) {
        return outdated == segment;
    }

    /** Lets go of everything; the lane has stopped. */
    void close() {
        commit();
        retire();
        Segment unused = ready.getAndSet(null);
        if (unused != null) {
            full.offer(unused);
        }
    }

    // anybody

    /** Bytes of records. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Events of calls that found no place. */
    public long eventsLost() {
        return eventsLost.get();
    }

    public long segmentsUsed() {
        return segmentsUsed.get();
    }
}
