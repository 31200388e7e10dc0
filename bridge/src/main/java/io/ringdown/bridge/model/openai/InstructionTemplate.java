package io.ringdown.bridge.model.openai;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{name}}} in instructions with what is known of a call. The values come from outside: each is inserted
 * once and never looked into, without line breaks or other controls, and cut short.
 */
final class InstructionTemplate {
    /** A stream parameter has fewer than 500 characters, its name included (Twilio Media Streams). */
    static final int MAX_VALUE_CHARS = 500;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    private InstructionTemplate() {}

    /** Unknown names are filled with nothing. */
    static String render(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        tame(values.getOrDefault(found.group(1).strip(), ""))));
    }

    private static String tame(String value) {
        StringBuilder tame = new StringBuilder(Math.min(value.length(), MAX_VALUE_CHARS));
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            i += Character.charCount(character);
            if (tame.length() + Character.charCount(character) > MAX_VALUE_CHARS) {
                break;
            }
            if (isText(character)) {
                tame.appendCodePoint(character);
            }
        }
        return tame.toString();
    }

    private static boolean isText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
