package io.ringdown.engine.audio;

/** What base64 text says about itself without being decoded. */
public final class Base64Text {
    /** 60 ms of audio: 480 bytes are exactly 640 characters, so text may be cut here without decoding. */
    public static final int CUT_CHARS = 640;

    private Base64Text() {}

    /** Characters of the padded text of {@code bytes} bytes. */
    public static int length(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /** Bytes that padded text of {@code chars} characters ending in {@code padding} equals signs stands for. */
    public static int bytes(int chars, int padding) {
        return chars / 4 * 3 - padding;
    }
}
