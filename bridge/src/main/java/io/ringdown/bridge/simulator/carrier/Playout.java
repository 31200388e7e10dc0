package io.ringdown.bridge.simulator.carrier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the caller hears: one FIFO of audio and marks, played from the moment audio arrives. Since playing never waits, the
 * moment a byte or a mark is reached is known when it arrives, and no clock ticks here: the caller passes {@code nowNs}.
 * Written by the call's event loop, read by any thread.
 */
final class Playout {
    static final long NS_PER_BYTE = 1_000_000 / Speech.BYTES_PER_MS;

    /** After a longer pause, audio is no longer counted as speech that was interrupted by the network. */
    private static final long LONGEST_UNDERRUN_NS = 300_000_000;

    /** After a longer pause, the caller takes audio for another answer. */
    private static final long BURST_GAP_NS = 2_000_000_000;

    record Mark(String name, int ordinal, long receivedNs, long dueNs) {}

    private final boolean recording;
    private final Deque<HeardPiece> audio = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private int markCount;
    private long receivedBytes;
    private long discardedBytes;
    private long endNs; // when all that is queued will have been heard
    private long lastArrivalNs;
    private boolean played;
    private boolean stopped;
    private int cutOffBytes;
    private int burst;
    private int clearedBurst;
    private long burstBytes;
    private boolean burstExpected = true;
    private int underruns;
    private long underrunNs;

    Playout(boolean recording) {
        this.recording = recording;
    }

    /** Keeps {@code muLaw}. After the end of the call it is only counted. */
    synchronized void play(byte[] muLaw, long nowNs) {
        if (stopped) {
            receivedBytes += muLaw.length;
            discardedBytes += muLaw.length;
            return;
        }
        if (pendingBytes(nowNs) == 0) {
            noticeGap(nowNs);
            endNs = nowNs;
        }
        if (recording) {
            audio.addLast(new HeardPiece(endNs, muLaw));
        }
        lastArrivalNs = nowNs;
        receivedBytes += muLaw.length;
        burstBytes += muLaw.length;
        endNs += muLaw.length * NS_PER_BYTE;
        played = true;
    }

    private void noticeGap(long nowNs) {
        long gapNs = nowNs - endNs;
        if (burstExpected || gapNs > BURST_GAP_NS) {
            burst++;
            burstBytes = 0;
            burstExpected = false;
        } else if (gapNs > 0 && gapNs <= LONGEST_UNDERRUN_NS) {
            underruns++;
            underrunNs += gapNs;
        }
    }

    /** Puts a mark behind everything queued. */
    synchronized void mark(String name, long nowNs) {
        marks.addLast(new Mark(name, markCount++, nowNs, pendingBytes(nowNs) == 0 ? nowNs : endNs));
    }

    /** Takes the first mark if it is due; null if not. */
    synchronized Mark takeDueMark(long nowNs) {
        Mark first = marks.peekFirst();
        return first == null || first.dueNs() - nowNs > 0 ? null : marks.pollFirst();
    }

    /** Null when no mark waits. */
    synchronized Mark firstMark() {
        return marks.peekFirst();
    }

    /** Throws out what was not heard, and returns the marks in it. What comes next is new speech. */
    synchronized List<Mark> clear(long nowNs) {
        discard(nowNs);
        burstExpected = true;
        clearedBurst = burst;
        List<Mark> cleared = new ArrayList<>(marks);
        marks.clear();
        return cleared;
    }

    /** The call is over: nothing more is heard, and what was waiting is the cut-off. */
    synchronized void stop(long nowNs) {
        if (!stopped) {
            // the end may have been decided on another thread, just before the last audio came
            boolean beforeArrival = played && lastArrivalNs - nowNs > 0;
            cutOffBytes = discard(beforeArrival ? lastArrivalNs : nowNs);
            marks.clear();
            stopped = true;
        }
    }

    /** Whatever follows a silence, however short, is new speech: the caller has done something. */
    synchronized void expectBurst() {
        burstExpected = true;
    }

    /** How many pieces of speech have begun so far. */
    synchronized int burst() {
        return burst;
    }

    /** The last that was begun when the server cleared; 0 before it did. */
    synchronized int clearedBurst() {
        return clearedBurst;
    }

    synchronized long burstHeardBytes(long nowNs) {
        return burstBytes - pendingBytes(nowNs);
    }

    /** Nanoseconds since the last byte was heard; negative while more waits, and before the first. */
    synchronized long silentNs(long nowNs) {
        return played ? nowNs - endNs : -1;
    }

    synchronized long receivedBytes() {
        return receivedBytes;
    }

    synchronized long heardBytes(long nowNs) {
        return receivedBytes - discardedBytes - pendingBytes(nowNs);
    }

    /** When the last byte heard so far was over; 0 before the first byte. */
    synchronized long lastHeardNs(long nowNs) {
        return played ? endNs - pendingBytes(nowNs) * NS_PER_BYTE : 0;
    }

    synchronized int cutOffBytes() {
        return cutOffBytes;
    }

    synchronized int underruns() {
        return underruns;
    }

    synchronized long underrunNs() {
        return underrunNs;
    }

    /** What was heard up to now, piece by piece with its time; empty when not recording. */
    synchronized List<HeardPiece> heard(long nowNs) {
        List<HeardPiece> heard = new ArrayList<>();
        long leftBytes = heardBytes(nowNs);
        for (HeardPiece piece : audio) {
            int length = (int) Math.min(piece.muLaw().length, leftBytes);
            if (length > 0) {
                heard.add(piece.first(length));
            }
            leftBytes -= length;
        }
        return heard;
    }

    private int discard(long nowNs) {
        int unheardBytes = pendingBytes(nowNs);
        discardedBytes += unheardBytes;
        burstBytes -= unheardBytes;
        endNs -= unheardBytes * NS_PER_BYTE;
        for (int left = unheardBytes; recording && left > 0; ) {
            left -= shorten(left);
        }
        return unheardBytes;
    }

    /** Takes up to {@code bytes} from the last piece; returns how many. */
    private int shorten(int bytes) {
        HeardPiece last = audio.removeLast();
        int keptBytes = Math.max(0, last.muLaw().length - bytes);
        if (keptBytes > 0) {
            audio.addLast(last.first(keptBytes));
        }
        return last.muLaw().length - keptBytes;
    }

    /** A byte is heard when it is over, hence rounded up; a reader's clock may lie a little before the last arrival. */
    private int pendingBytes(long nowNs) {
        long leftNs = endNs - nowNs;
        if (!played || leftNs <= 0) {
            return 0;
        }
        return (int) Math.min((leftNs + NS_PER_BYTE - 1) / NS_PER_BYTE, receivedBytes - discardedBytes);
    }
}
