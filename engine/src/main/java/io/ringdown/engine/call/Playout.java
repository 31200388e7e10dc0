package io.ringdown.engine.call;

import io.ringdown.engine.audio.MuLaw;
import java.util.ArrayDeque;

/**
 * What the caller has been sent, and has heard. Positions are μ-law bytes of the audio sent since the call began.
 *
 * <p>Heard is {@code min(sent, last echo + clock)}: an echoed mark says where playback is, the clock carries on from there.
 * A clear raises the generation, so that the echoes of cleared marks, still on their way back, move nothing (S14).
 */
final class Playout {
    private static final int MAX_SPANS = 64;

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

    private int lastMark;
    private long sentMarks;
    private long heardMarks;
    private long unmarkedBytes;

    int generation() {
        return generation;
    }

    /** The number of the latest mark. */
    int lastMark() {
        return lastMark;
    }

    /** A new mark's number in this generation. */
    int nextMark() {
        return ++lastMark;
    }

    void queued(int bytes) {
        queuedBytes += bytes;
    }

    /** Bytes that waited in {@code out} were dropped. */
    void discarded(int bytes) {
        queuedBytes -= bytes;
    }

    void staged(int bytes) {
        queuedBytes -= bytes;
        stagedBytes += bytes;
    }

    /** Audio was written to the carrier; {@code part} is null when its response is forgotten. */
    void sent(AudioPart part, int bytes, long nowNs) {
        stagedBytes -= bytes;
        if (heardBytes(nowNs) == sentBytes) {
            baseBytes = sentBytes;
            baseNs = nowNs;
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

    /** Whether another mark should go out to keep the clock right. */
    boolean markDue(long everyBytes) {
        return unmarkedBytes >= everyBytes && !marks.isFull();
    }

    /** A mark went out. Returns how many have by now: what {@link #isHeard} is asked about. */
    long markSent(int mark) {
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
        heardMarks += answered;
        baseBytes = marks.remove(answered);
        baseNs = nowNs;
        settle(baseBytes);
        return true;
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
        baseBytes = heard;
        baseNs = nowNs;
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

    /** Position of what the caller hears at {@code nowNs}. */
    long heardBytes(long nowNs) {
        return Math.min(sentBytes, baseBytes + MuLaw.bytesIn(Math.max(0, nowNs - baseNs)));
    }

    /** How much of {@code part} the caller has heard, in bytes. */
    long heardBytes(AudioPart part, long nowNs) {
        long heard = heardBytes(nowNs);
        long sum = part.heardBytes();
        for (Span span : spans) {
            if (span.part == part) {
                sum += Math.max(0, Math.min(heard, span.endBytes) - span.startBytes);
            }
        }
        return sum;
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

    /** Whether the carrier confirmed all it was sent. */
    boolean isConfirmed() {
        return marks.isEmpty();
    }
}
