package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayDeque;

/**
 * What the caller has been sent, and has heard. Positions are μ-law bytes of the audio sent since the call began.
 *
 * <p>Heard is {@code min(sent, clock)}: the clock runs from the first byte sent to an idle carrier, stands still while the
 * socket is blocked, and an echoed mark, which says where playback has been, corrects it.
 * A clear raises the generation, so that the echoes of cleared marks, still on their way back, move nothing (S14).
 */
final class Playout {
    private static final int MAX_SPANS = 64;

    /** An echo that lags behind the clock by more than any round trip, 500 ms, means that the carrier plays later than it got. */
    private static final long MAX_LAG_BYTES = 500L * MuLaw.BYTES_PER_MS;

    /** A stretch of the sent audio that belongs to one part. */
    private static final class Span {
        final AudioPart part;
        long startBytes;
        long endBytes;

        Span(AudioPart part, long startBytes) {
            this.part = part;
            this.startBytes = startBytes;
            this.endBytes = startBytes;
        }
    }

    /** Stands for the parts of responses that are forgotten while their audio still plays. */
    private final AudioPart forgotten = new AudioPart(0, "", 0);

    private final ArrayDeque<Span> spans = new ArrayDeque<>();
    private final OutstandingMarks marks = new OutstandingMarks();

    private int generation = 1;
    private long queuedBytes;
    private long stagedBytes;
    private long sentBytes;
    private long baseBytes;
    private long baseNs;

    /** Since when the carrier gets nothing, and so plays nothing that we could count. */
    private long blockedNs;

    private boolean blocked;

    private int lastMark;
    private long sentMarks;
    private long heardMarks;
    private long answeredMarks;
    private long unmarkedBytes;
    private int moves;

    int generation() {
        return generation;
    }

    /** The number of the latest mark. */
    int lastMark() {
        return lastMark;
    }

    /** A new mark's number in this generation. */
    int nextMark() {
        moves++;
        return ++lastMark;
    }

    void queued(int bytes) {
        moves++;
        queuedBytes += bytes;
    }

    /** Bytes that waited in {@code out} were dropped. */
    void discarded(int bytes) {
        moves++;
        queuedBytes -= bytes;
    }

    void staged(int bytes) {
        moves++;
        queuedBytes -= bytes;
        stagedBytes += bytes;
    }

    /** Audio was written to the carrier; {@code part} is null when its response is forgotten. */
    void sent(AudioPart part, int bytes, long nowNs) {
        moves++;
        stagedBytes -= bytes;
        if (heardBytes(nowNs) == sentBytes) {
            rebase(sentBytes, nowNs);
        }
        span(part == null ? forgotten : part).endBytes += bytes;
        sentBytes += bytes;
        unmarkedBytes += bytes;
    }

    private Span span(AudioPart part) {
        Span last = spans.peekLast();
        if (last == null || last.part != part) {
            if (spans.size() == MAX_SPANS) {
                settle(spans.peekFirst().endBytes);
            }
            last = new Span(part, sentBytes);
            spans.addLast(last);
        }
        return last;
    }

    private void rebase(long heardBytes, long nowNs) {
        baseBytes = heardBytes;
        baseNs = nowNs;
        blockedNs = nowNs;
    }

    /** The carrier's socket took all, some or nothing. While it takes nothing the clock stands still. */
    void socketMoved(boolean drained, boolean progressed, long nowNs) {
        if (blocked && progressed) {
            baseNs += nowNs - blockedNs;
        }
        if (!blocked || progressed) {
            blockedNs = nowNs;
        }
        moves += progressed ? 1 : 0;
        blocked = !drained;
    }

    /** True when another mark should go out to keep the clock right, and not again until as much audio was sent. */
    boolean takeMarkDue(long everyBytes) {
        boolean due = unmarkedBytes >= everyBytes && !marks.isFull();
        if (due) {
            unmarkedBytes = 0;
        }
        return due;
    }

    /** A mark went out. Returns how many have by now: what {@link #isHeard} is asked about. */
    long markSent(int mark) {
        moves++;
        unmarkedBytes = 0;
        sentMarks++;
        if (marks.isFull()) {
            marks.remove(1);
            heardMarks++;
        }
        marks.add(mark, sentBytes);
        return sentMarks;
    }

    /** A mark came back. False if it means nothing: of an older generation, unknown, or a second time (S12, S14). */
    boolean echoed(int generation, int mark, long nowNs) {
        int answered = generation == this.generation ? marks.answeredBy(mark) : 0;
        if (answered == 0) {
            return false;
        }
        moves++;
        heardMarks += answered;
        answeredMarks += answered;
        long positionBytes = marks.remove(answered);
        correct(positionBytes, nowNs);
        settle(positionBytes);
        return true;
    }

    /**
     * An echo was under way for a while, so playback is at least there by now: the clock is never set back to it, which would
     * starve the carrier by a round trip, unless it ran away from it.
     */
    private void correct(long positionBytes, long nowNs) {
        long lagBytes = heardBytes(nowNs) - positionBytes;
        if (lagBytes < 0) {
            rebase(positionBytes, nowNs);
        } else if (lagBytes > MAX_LAG_BYTES) {
            rebase(positionBytes + MAX_LAG_BYTES, nowNs);
        }
    }

    /** Whether the {@code sentMark}th mark was echoed in its generation. */
    boolean isHeard(long sentMark) {
        return heardMarks >= sentMark;
    }

    /** Everything unheard is gone: nothing waits, nothing sounds, and no mark is expected any more. */
    void clear(long nowNs) {
        long heard = heardBytes(nowNs);
        settle(heard);
        if (!spans.isEmpty()) {
            Span first = spans.peekFirst();
            first.part.heard(Math.max(0, heard - first.startBytes));
        }
        spans.clear();
        marks.clear();
        heardMarks = sentMarks;
        queuedBytes = 0;
        stagedBytes = 0;
        unmarkedBytes = 0;
        sentBytes = heard;
        moves++;
        generation++;
    }

    private void settle(long positionBytes) {
        while (!spans.isEmpty() && spans.peekFirst().endBytes <= positionBytes) {
            Span heard = spans.peekFirst();
            heard.part.heard(heard.endBytes - heard.startBytes);
            heard.startBytes = heard.endBytes;
            if (spans.size() == 1) {
                return; // its part mostly goes on
            }
            spans.removeFirst();
        }
    }

    /** Position of what was sent last. */
    long sentBytes() {
        return sentBytes;
    }

    /** Position of what the caller hears at {@code nowNs}. */
    long heardBytes(long nowNs) {
        long untilNs = blocked ? blockedNs : nowNs;
        return Math.min(sentBytes, baseBytes + MuLaw.bytesIn(Math.max(0, untilNs - baseNs)));
    }

    /** Since when the caller has heard all that was sent; {@code nowNs} if there is more to hear. */
    long allHeardNs(long nowNs) {
        return Math.min(nowNs, baseNs + MuLaw.durationNs(sentBytes - baseBytes));
    }

    /** How much of {@code part} the caller has heard at {@code nowNs}: echoed, settled by a clear, or by the clock. */
    long heardBytes(AudioPart part, long nowNs) {
        long untilBytes = heardBytes(nowNs);
        long bytes = part.heardBytes();
        for (Span span : spans) {
            if (span.part == part) {
                bytes += Math.max(0, Math.min(span.endBytes, untilBytes) - span.startBytes);
            }
        }
        return bytes;
    }

    /** Marks sent since the call began. */
    long marksSent() {
        return sentMarks;
    }

    /** Of those, how many the carrier echoed, or passed over by echoing a later one. */
    long marksAnswered() {
        return answeredMarks;
    }

    /** How far the carrier is ahead of the caller's ear, with what is already on its way to it. */
    long aheadBytes(long nowNs) {
        return stagedBytes + sentBytes - heardBytes(nowNs);
    }

    /** All audio the caller has yet to hear. */
    long remainingBytes(long nowNs) {
        return queuedBytes + aheadBytes(nowNs);
    }

    /** Whether the caller hears nothing and nothing waits. */
    boolean isIdle(long nowNs) {
        return remainingBytes(nowNs) == 0;
    }

    /** Grows with whatever moves here: a bound on waiting for it starts anew, and only then. */
    int moves() {
        return moves;
    }

    /** Whether the carrier confirmed all it was sent. */
    boolean isConfirmed() {
        return marks.isEmpty();
    }
}
