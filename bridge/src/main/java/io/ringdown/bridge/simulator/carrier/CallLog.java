package io.ringdown.bridge.simulator.carrier;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;

/** What happened on one call, in order. Written by its event loop and by REST; read by any thread. */
final class CallLog {
    private static final int MAX_TEXT_CHARS = 200;

    private final boolean full;
    private final List<CallMoment> timeline = new ArrayList<>();
    private final List<MarkEcho> marks = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final ByteArrayOutputStream callerAudio = new ByteArrayOutputStream(0);
    private final LongArrayList sentNs = new LongArrayList();
    private long sentBytes;
    private long unsentBytes;

    CallLog(boolean full) {
        this.full = full;
    }

    void note(CallMoment.Kind kind, String detail) {
        noteAt(kind, System.nanoTime(), detail);
    }

    synchronized void noteAt(CallMoment.Kind kind, long atNs, String detail) {
        timeline.add(new CallMoment(kind, atNs, 0, detail));
    }

    synchronized void mediaReceived(int bytes, long atNs) {
        if (full) {
            timeline.add(new CallMoment(CallMoment.Kind.MEDIA_RECEIVED, atNs, bytes, ""));
        }
    }

    synchronized void markDue(MarkEcho mark) {
        marks.add(mark);
    }

    synchronized void violation(String why, String text) {
        violations.add(why + ": " + text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS)));
    }

    synchronized void sent(Speech.Frame frame) {
        sentBytes += frame.muLaw().length;
        if (full) {
            callerAudio.writeBytes(frame.muLaw());
            sentNs.add(System.nanoTime());
        }
    }

    synchronized void unsent(Speech.Frame frame) {
        unsentBytes += frame.muLaw().length;
    }

    synchronized List<CallMoment> timeline() {
        return List.copyOf(timeline);
    }

    synchronized List<MarkEcho> marks() {
        return List.copyOf(marks);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized byte[] callerAudio() {
        return callerAudio.toByteArray();
    }

    synchronized long[] sentNs() {
        return sentNs.toLongArray();
    }

    synchronized long sentBytes() {
        return sentBytes;
    }

    synchronized long unsentBytes() {
        return unsentBytes;
    }
}
