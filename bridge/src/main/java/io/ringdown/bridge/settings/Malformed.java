package io.ringdown.bridge.settings;

/** A value that cannot be read. The message says why in words that fit behind the key, on one line. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS = 60;

    Malformed(String reason) {
        super(reason, null, false, false);
    }

    /** For values that are no secret and hold none. */
    static Malformed quoting(String reason, String text) {
        return new Malformed(reason + ": \"" + shown(text) + '"');
    }

    /** The text cut to a readable length, with nothing in it that could break the line or hide in it. */
    static String shown(String text) {
        boolean cut = text.codePointCount(0, text.length()) > SHOWN_CHARS;
        return cut ? escaped(text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARS))) + "..." : escaped(text);
    }

    /** The text with nothing in it that could break the line or hide in it. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                escaped.append(String.format("\\u%04X", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
