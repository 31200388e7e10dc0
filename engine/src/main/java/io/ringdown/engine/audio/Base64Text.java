package io.ringdown.engine.audio;

import java.nio.charset.StandardCharsets;

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

    /** Six bits in, six bits out, beginning with those of the one or two bytes in the padded end. */
    private static void appendToPadded(byte[] text, int bytes, byte[] more, int moreBytes) {
        int at = bytes / 3 * 4;
        int leftBytes = bytes % 3;
        int bits = leftBytes * 8;
        int window = VALUES[text[at]] << 12 | VALUES[text[at + 1]] << 6 | (leftBytes == 2 ? VALUES[text[at + 2]] : 0);
        window >>= 18 - bits;
        int digits = digits(leftBytes + moreBytes);
        int moreDigits = digits(moreBytes);
        for (int i = 0, next = 0; i < digits; i++) {
            if (bits < 6) {
                window = window << 6 | (next < moreDigits ? VALUES[more[next++]] : 0);
                bits += 6;
            }
            bits -= 6;
            text[at++] = DIGITS[window >> bits & 63];
        }
        while (at % 4 != 0) {
            text[at++] = '=';
        }
    }

    private static int digits(int bytes) {
        return (bytes * 8 + 5) / 6;
    }
}
