package io.ringdown.bridge.load.steady;

import io.ringdown.bridge.simulator.carrier.Telephone;

/** One caller, who murmurs numbered frames all the time, and the talker at the other end once it is known. Event loop only. */
final class SteadyCall implements Telephone {
    private static final long FRAME_NS = 20_000_000;

    private final int number;
    private final Window window;
    private Talker talker; // null until the first frame has come through
    private long startNs; // when frame 0 was due
    private int frames;
    private long strayBytes;

    SteadyCall(int number, Window window) {
        this.number = number;
        this.window = window;
    }

    @Override
    public byte[] speak(long dueNs) {
        if (frames == 0) {
            startNs = dueNs;
        }
        window.sent(dueNs, System.nanoTime());
        return NumberedFrame.of(number, frames++);
    }

    @Override
    public void hear(byte[] muLaw, long atNs) {
        if (talker == null) {
            strayBytes += muLaw.length;
        } else {
            talker.downlink().hear(muLaw, atNs);
        }
    }

    void connect(Talker other) {
        talker = other;
    }

    boolean stands() {
        return talker != null;
    }

    int number() {
        return number;
    }

    Talker talker() {
        return talker;
    }

    long dueNs(int frame) {
        return startNs + frame * FRAME_NS;
    }

    /** How many frames were due before {@code ns}. */
    int framesDueBefore(long ns) {
        return (int) Math.min(frames, Math.max(0, (ns - startNs + FRAME_NS - 1) / FRAME_NS));
    }

    /** Whether all has arrived that was said in the window. */
    boolean isComplete() {
        return stands()
                && talker.uplink().lost(framesDueBefore(window.toNs())) == 0
                && talker.downlink().isQuiet();
    }

    /** Heard before the model said anything. */
    long strayBytes() {
        return strayBytes;
    }
}
