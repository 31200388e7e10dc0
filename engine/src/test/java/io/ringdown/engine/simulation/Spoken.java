package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Speech in which every byte has its place, so that what is lost, repeated or out of order does not match. */
final class Spoken {
    /** How much one voice may say, in μ-law bytes. */
    static final int MAX_BYTES = 128 * 1_024;

    private static final int VOICES = 65_536;
    private static final byte[] AUDIO = new byte[MAX_BYTES + VOICES * 3];
    /** The text of all audio from byte 0, 1 and 2 on, so that any piece is copied, not encoded. */
    private static final byte[][] TEXT = new byte[3][];

    static {
        new Random(8_000).nextBytes(AUDIO);
        for (int shift = 0; shift < 3; shift++) {
            TEXT[shift] = Base64.getEncoder().encode(Arrays.copyOfRange(AUDIO, shift, AUDIO.length));
        }
    }

    private Spoken() {}

    /** Fills the frame with {@code bytes} of {@code voice} from byte {@code from} on. */
    static void fill(Frame frame, int voice, int from, int bytes) {
        int at = start(voice) + from;
        int wholeChars = bytes / 3 * 4;
        System.arraycopy(TEXT[at % 3], at / 3 * 4, frame.text(), 0, wholeChars);
        int left = bytes % 3;
        if (left > 0) {
            byte[] tail = tail(at + bytes - left, left);
            System.arraycopy(tail, 0, frame.text(), wholeChars, 4);
        }
        frame.filled((bytes + 2) / 3 * 4, bytes);
    }

    /** Whether the frame is exactly what {@code voice} says from byte {@code from} on. */
    static boolean isIn(Frame frame, int voice, int from) {
        int at = start(voice) + from;
        int bytes = frame.audioBytes();
        int wholeChars = bytes / 3 * 4;
        int textFrom = at / 3 * 4;
        boolean same = at + bytes < AUDIO.length
                && Arrays.equals(frame.text(), 0, wholeChars, TEXT[at % 3], textFrom, textFrom + wholeChars);
        int left = bytes % 3;
        return same
                && (left == 0
                        || Arrays.equals(
                                frame.text(), wholeChars, wholeChars + 4, tail(at + bytes - left, left), 0, 4));
    }

    static byte[] muLaw(int voice, int bytes) {
        return Arrays.copyOfRange(AUDIO, start(voice), start(voice) + bytes);
    }

    private static int start(int voice) {
        return voice * 40_503 % VOICES * 3;
    }

    private static byte[] tail(int from, int bytes) {
        return Base64.getEncoder().encode(Arrays.copyOfRange(AUDIO, from, from + bytes));
    }
}
