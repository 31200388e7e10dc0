package io.ringdown.bridge.simulator.carrier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Something a caller says, cut into 20 ms frames whose base64 is made once and shared by every call that says it. */
public final class Speech {
    static final int BYTES_PER_MS = 8;
    static final int FRAME_MS = 20;
    public static final int FRAME_BYTES = FRAME_MS * BYTES_PER_MS;
    static final byte SILENCE_BYTE = (byte) 0xFF;
    static final Frame SILENCE = frame(new byte[0], 0);

    /** 20 ms: the μ-law bytes, and their base64 as ASCII. Both shared, neither ever written to again. */
    record Frame(byte[] muLaw, byte[] base64) {}

    private final List<Frame> frames;

    private Speech(List<Frame> frames) {
        this.frames = frames;
    }

    /** Copies {@code muLaw}; a last piece shorter than 20 ms is filled up with silence. */
    public static Speech of(byte[] muLaw) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < muLaw.length; at += FRAME_BYTES) {
            frames.add(frame(muLaw, at));
        }
        return new Speech(List.copyOf(frames));
    }

    /** The same words from another moment on, what came before it behind them. The frames are shared, not copied. */
    public Speech beginningAtMs(int ms) {
        int first = ms / FRAME_MS % frames.size();
        List<Frame> turned = new ArrayList<>(frames.subList(first, frames.size()));
        turned.addAll(frames.subList(0, first));
        return new Speech(List.copyOf(turned));
    }

    public int durationMs() {
        return frames.size() * FRAME_MS;
    }

    List<Frame> frames() {
        return frames;
    }

    /** The 20 ms that begin at {@code at}, which are copied; what is missing of them is silence. */
    static Frame frame(byte[] muLaw, int at) {
        byte[] frame = new byte[FRAME_BYTES];
        Arrays.fill(frame, SILENCE_BYTE);
        System.arraycopy(muLaw, at, frame, 0, Math.min(FRAME_BYTES, muLaw.length - at));
        return new Frame(frame, Base64.getEncoder().encode(frame));
    }
}
