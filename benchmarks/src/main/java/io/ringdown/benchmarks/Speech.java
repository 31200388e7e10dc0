package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import java.util.Base64;
import java.util.Random;

/** Audio that compresses to nothing and repeats nowhere, the same in every run. */
public final class Speech {
    private static final int SEED = 8_000;

    private Speech() {}

    public static byte[] audio(int bytes) {
        byte[] audio = new byte[bytes];
        new Random(SEED).nextBytes(audio);
        return audio;
    }

    /** Canonical base64 of so many bytes. */
    public static byte[] text(int bytes) {
        return Base64.getEncoder().encode(audio(bytes));
    }

    /** Puts {@code text}, which stands for {@code bytes}, into the frame. */
    public static Frame fill(Frame frame, byte[] text, int bytes) {
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, bytes);
        return frame;
    }
}
