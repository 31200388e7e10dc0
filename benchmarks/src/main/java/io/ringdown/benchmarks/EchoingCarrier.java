package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.lane.CarrierLeg;
import org.agrona.concurrent.NanoClock;

/** A telephone without a socket: it takes everything, and returns marks when their audio would have been heard. */
final class EchoingCarrier implements CarrierLeg {
    private static final int MARKS = 64;
    private static final long NS_PER_BYTE = 125_000;

    private final NanoClock clock;
    private final int[] generations = new int[MARKS];
    private final int[] marks = new int[MARKS];
    private final long[] heardNs = new long[MARKS];
    private int sent;
    private int echoed;
    private long playedOutNs;

    EchoingCarrier(NanoClock clock) {
        this.clock = clock;
    }

    @Override
    public void sendAudio(Frame frame) {
        playedOutNs = Math.max(playedOutNs, clock.nanoTime()) + frame.audioBytes() * NS_PER_BYTE;
    }

    @Override
    public void sendMark(int generation, int mark) {
        int i = sent++ & MARKS - 1;
        generations[i] = generation;
        marks[i] = mark;
        heardNs[i] = playedOutNs;
    }

    boolean hasEcho() {
        return sent != echoed && heardNs[echoed & MARKS - 1] <= clock.nanoTime();
    }

    int echoGeneration() {
        return generations[echoed & MARKS - 1];
    }

    int takeEcho() {
        return marks[echoed++ & MARKS - 1];
    }

    @Override
    public void sendClear() {}

    @Override
    public void close() {}
}
