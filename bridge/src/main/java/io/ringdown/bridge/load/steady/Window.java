package io.ringdown.bridge.load.steady;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The stretch of time that is measured, and the times measured in it, of all calls together. A frame belongs to it by when
 * it was to be sent, not by when it was or came: so a stall counts for every frame that had to wait. Event loop only.
 */
final class Window implements DownlinkTrace.Arrivals {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(5);

    private final Histogram uplink = new Histogram(HIGHEST_NS, 3);
    private final Histogram firstAudio = new Histogram(HIGHEST_NS, 3);
    private final Histogram late = new Histogram(HIGHEST_NS, 3);
    private boolean open;
    private boolean speaking = true;
    private long fromNs;
    private long toNs;
    private long underruns;
    private long underrunNs;

    void open(long nowNs, long lengthNs) {
        open = true;
        fromNs = nowNs;
        toNs = nowNs + lengthNs;
    }

    /** Nothing more belongs to it. */
    void close() {
        open = false;
    }

    /** No model begins to speak any more, so that all that was said can arrive. */
    void endSpeech() {
        speaking = false;
    }

    boolean speaking() {
        return speaking;
    }

    long toNs() {
        return toNs;
    }

    void sent(long dueNs, long atNs) {
        record(late, dueNs, atNs - dueNs);
    }

    void arrived(long dueNs, long atNs) {
        record(uplink, dueNs, atNs - dueNs);
    }

    @Override
    public void onFirstAudio(long saidNs, long heardNs) {
        record(firstAudio, saidNs, heardNs - saidNs);
    }

    /** Counts also what comes late of the window's responses. */
    @Override
    public void onUnderrun(long atNs, long pauseNs) {
        if (open && atNs - fromNs >= 0) {
            underruns++;
            underrunNs += pauseNs;
        }
    }

    private void record(Histogram histogram, long whenNs, long ns) {
        if (open && whenNs - fromNs >= 0 && whenNs - toNs < 0) {
            histogram.recordValue(Math.max(0, Math.min(ns, HIGHEST_NS)));
        }
    }

    Histogram uplink() {
        return uplink;
    }

    Histogram firstAudio() {
        return firstAudio;
    }

    Histogram late() {
        return late;
    }

    long underruns() {
        return underruns;
    }

    long underrunNs() {
        return underrunNs;
    }
}
