package io.ringdown.bridge.load.steady;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * 20 ms of a murmur that says which frame of which call it is. Every byte is one of the eight quietest of μ-law, which no
 * one takes for a voice; so each holds three bits, and the first 24 of them 16 of the call, 32 of the frame and 24 to
 * check them. The others are the same in all frames. Any thread.
 */
final class NumberedFrame {
    static final int BYTES = 160;
    static final int MAX_CALLS = 1 << 16;

    /** Said of what is no frame of ours. */
    static final long NONE = -1;

    private static final int QUIET = 0xF8;
    private static final int BITS = 3;
    private static final int HEAD_BYTES = 24;
    private static final int CHECK_BYTES = 8;
    private static final byte[] MURMUR = murmur();

    private NumberedFrame() {}

    private static byte[] murmur() {
        byte[] murmur = new byte[BYTES];
        SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < BYTES; i++) {
            murmur[i] = (byte) (QUIET | random.nextInt(1 << BITS));
        }
        return murmur;
    }

    /** The frame of this number of this call; a new array. */
    static byte[] of(int call, int number) {
        byte[] frame = MURMUR.clone();
        long identity = (long) call << 32 | number & 0xFFFF_FFFFL;
        write(frame, 0, HEAD_BYTES - CHECK_BYTES, identity);
        write(frame, HEAD_BYTES - CHECK_BYTES, CHECK_BYTES, check(identity));
        return frame;
    }

    /** Call (upper half) and number (lower half) of the whole frame at {@code at}, or {@link #NONE}. */
    static long identityOf(byte[] audio, int at) {
        if (!Arrays.equals(audio, at + HEAD_BYTES, at + BYTES, MURMUR, HEAD_BYTES, BYTES)) {
            return NONE;
        }
        long identity = read(audio, at, HEAD_BYTES - CHECK_BYTES);
        return identity >= 0 && read(audio, at + HEAD_BYTES - CHECK_BYTES, CHECK_BYTES) == check(identity)
                ? identity
                : NONE;
    }

    static int call(long identity) {
        return (int) (identity >>> 32);
    }

    static int number(long identity) {
        return (int) identity;
    }

    private static void write(byte[] frame, int at, int bytes, long bits) {
        for (int i = 0; i < bytes; i++) {
            frame[at + i] = (byte) (QUIET | bits >>> BITS * i & 7);
        }
    }

    /** Negative when a byte is none of the quiet ones. */
    private static long read(byte[] frame, int at, int bytes) {
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            int value = (frame[at + i] & 0xFF) - QUIET;
            if (value < 0) {
                return NONE;
            }
            bits |= (long) value << BITS * i;
        }
        return bits;
    }

    private static long check(long identity) {
        return (identity * 0x9E37_79B9_7F4A_7C15L) >>> 64 - BITS * CHECK_BYTES;
    }
}
