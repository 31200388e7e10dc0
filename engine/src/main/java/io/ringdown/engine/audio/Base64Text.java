package io.ringdown.engine.audio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What base64 text says about itself without being decoded. */
public final class Base64Text {
    /** 60 ms of audio: 480 bytes are exactly 640 characters, so text may be cut here without decoding. */
    public static final int CUT_CHARS = 640;

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VALUES = new byte[128];

    static {
        for (byte value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = value;
        }
    }

    private Base64Text() {}

    /** Characters of the padded text of {@code bytes} bytes. */
    public static int length(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /** Bytes that padded text of {@code chars} characters ending in {@code padding} equals signs stands for. */
    public static int bytes(int chars, int padding) {
        return chars / 4 * 3 - padding;
    }

    /**
     * Writes {@code more}, canonical text of {@code moreBytes} bytes, behind the canonical text of {@code bytes} bytes in
     * {@code text}, so that it is the text of both; the buffer must hold that. Only what is new is written, and nothing is
     * allocated.
     */
    static void append(byte[] text, int bytes, byte[] more, int moreBytes) {
        if (bytes % 3 == 0) {
            System.arraycopy(more, 0, text, length(bytes), length(moreBytes));
        } else {
            appendToPadded(text, bytes, more, moreBytes);
        }
    }

    /** Three bytes in, three bytes out, each time with the one or two left over from before in front. */
    private static void appendToPadded(byte[] text, int bytes, byte[] more, int moreBytes) {
        int at = bytes / 3 * 4;
        int leftBytes = bytes % 3;
        int leftBits = 8 * leftBytes;
        int left = tail(text, at, leftBytes);
        int groups = moreBytes / 3;
        for (int group = 0; group < groups; group++, at += 4) {
            int next = group(more, 4 * group);
            putGroup(text, at, left << 24 - leftBits | next >>> leftBits);
            left = next & (1 << leftBits) - 1;
        }
        int moreLeft = moreBytes % 3;
        putTail(text, at, (long) left << 8 * moreLeft | tail(more, 4 * groups, moreLeft), leftBytes + moreLeft);
    }

    private static int group(byte[] text, int at) {
        return VALUES[text[at]] << 18 | VALUES[text[at + 1]] << 12 | VALUES[text[at + 2]] << 6 | VALUES[text[at + 3]];
    }

    /** The none, one or two bytes in a padded group. */
    private static int tail(byte[] text, int at, int bytes) {
        return switch (bytes) {
            case 0 -> 0;
            case 1 -> VALUES[text[at]] << 2 | VALUES[text[at + 1]] >> 4;
            default -> VALUES[text[at]] << 10 | VALUES[text[at + 1]] << 4 | VALUES[text[at + 2]] >> 2;
        };
    }

    private static void putGroup(byte[] text, int at, int bits) {
        text[at] = DIGITS[bits >> 18 & 63];
        text[at + 1] = DIGITS[bits >> 12 & 63];
        text[at + 2] = DIGITS[bits >> 6 & 63];
        text[at + 3] = DIGITS[bits & 63];
    }

    /** Up to four bytes, padded to whole groups. */
    private static void putTail(byte[] text, int from, long tail, int tailBytes) {
        int at = from;
        int bytes = tailBytes;
        if (bytes >= 3) {
            bytes -= 3;
            putGroup(text, at, (int) (tail >> 8 * bytes));
            at += 4;
        }
        if (bytes > 0) {
            putGroup(text, at, (int) (tail & (1L << 8 * bytes) - 1) << 24 - 8 * bytes);
            Arrays.fill(text, at + 1 + bytes, at + 4, (byte) '=');
        }
    }
}
