package io.ringdown.bridge.simulator.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The append as JSON writers usually spell it, read without a parser: fifty a second of each call would be most of what a
 * load run does. Whatever looks different in the least, {@link ClientEvent} reads and judges. Any thread.
 */
final class PlainAppend {
    private static final byte[][] BEGINNINGS = {
        ascii("{\"type\":\"input_audio_buffer.append\",\"audio\":\""),
        ascii("{\"type\": \"input_audio_buffer.append\", \"audio\": \"")
    };

    private static final byte[] END = ascii("\"}");

    private PlainAppend() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The audio of {@code utf8}, or null when it is not spelled so, or not well. */
    static byte[] audio(byte[] utf8) {
        for (byte[] beginning : BEGINNINGS) {
            int from = beginning.length;
            int to = utf8.length - END.length;
            if (to > from
                    && Arrays.equals(utf8, 0, from, beginning, 0, from)
                    && Arrays.equals(utf8, to, utf8.length, END, 0, END.length)) {
                return decoded(Arrays.copyOfRange(utf8, from, to));
            }
        }
        return null;
    }

    private static byte[] decoded(byte[] base64) {
        try {
            return base64.length > ClientEvent.MAX_APPEND_CHARS ? null : ClientEvent.decode(base64);
        } catch (Refusal notPlain) {
            return null;
        }
    }
}
