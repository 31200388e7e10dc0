package io.ringdown.bridge.json;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 as both peers take it back: the standard alphabet, padded, with unused bits zero. Only such text is passed on as
 * it came. Any thread.
 */
public final class CanonicalBase64 {
    /** Said of text that is not canonical. */
    public static final int NOT_CANONICAL = -1;

    private static final byte FOREIGN = -1;
    private static final byte[] DIGITS = digits();

    private CanonicalBase64() {}

    private static byte[] digits() {
        byte[] digits = new byte[256];
        Arrays.fill(digits, FOREIGN);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        return digits;
    }

    /** How many bytes the text stands for, without decoding it, or {@link #NOT_CANONICAL}. */
    public static int decodedLength(byte[] text, int offset, int length) {
        if (length % 4 != 0) {
            return NOT_CANONICAL;
        }
        int end = offset + length;
        int padding = padding(text, offset, length);
        int foreign = 0;
        for (int i = offset; i < end - padding; i++) {
            foreign |= DIGITS[text[i] & 0xFF];
        }
        return foreign < 0 || spareBits(text, end, padding) != 0 ? NOT_CANONICAL : length / 4 * 3 - padding;
    }

    /** How many equals signs end the text, whose length is a multiple of four. */
    public static int padding(byte[] text, int offset, int length) {
        int last = offset + length - 1;
        if (length == 0 || text[last] != '=') {
            return 0;
        }
        return text[last - 1] == '=' ? 2 : 1;
    }

    private static int spareBits(byte[] text, int end, int padding) {
        return padding == 0 ? 0 : DIGITS[text[end - padding - 1] & 0xFF] & (padding == 1 ? 0b11 : 0b1111);
    }

    /**
     * Decodes what may lack padding or have unused bits set, and encodes it again. Allocates: not for ordinary messages.
     *
     * @return canonical text of the same bytes, or null if {@code text} is not base64 at all
     */
    public static byte[] reencode(byte[] text) {
        try {
            return Base64.getEncoder().encode(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
