package io.ringdown.bridge.model.openai;

import java.nio.charset.StandardCharsets;

/**
 * The identifiers a leg has met lately, each as one and the same String, so that a delta allocates nothing and the call
 * may compare by identity. Bounded: the oldest is forgotten first, and an identifier met again is then a new String. Lane
 * only.
 */
final class Identifiers {
    /** Beyond reason: OpenAI's have some 26 characters. Also keeps what a peer can make us hold small. */
    static final int MAX_LENGTH = 128;

    /** Two of the response being spoken and two of the one before it, with room for an interleaving third. */
    static final int CAPACITY = 8;

    private final String[] known = new String[CAPACITY];
    private int newest;

    /** The identifier in these bytes of {@code text}, or null if it is none: empty, too long, or not visible ASCII. */
    String intern(byte[] text, int offset, int length) {
        for (int age = 0; age < CAPACITY; age++) {
            String candidate = known[(newest - age + CAPACITY) % CAPACITY];
            if (candidate != null && matches(candidate, text, offset, length)) {
                return candidate;
            }
        }
        return length > MAX_LENGTH ? null : add(new String(text, offset, length, StandardCharsets.ISO_8859_1));
    }

    /** The one String equal to {@code id}, or null if it is none, as above. */
    String intern(String id) {
        if (id == null) {
            return null;
        }
        for (String candidate : known) {
            if (id.equals(candidate)) {
                return candidate;
            }
        }
        return add(id);
    }

    private String add(String id) {
        if (!isIdentifier(id)) {
            return null;
        }
        newest = (newest + 1) % CAPACITY;
        known[newest] = id;
        return id;
    }

    private static boolean isIdentifier(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Backwards: identifiers of a kind begin alike. */
    private static boolean matches(String candidate, byte[] text, int offset, int length) {
        if (candidate.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (candidate.charAt(i) != (text[offset + i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
