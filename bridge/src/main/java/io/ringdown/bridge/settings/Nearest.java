package io.ringdown.bridge.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Nearest {
    private static final int SHORT_NAME_CHARS = 12;
    private static final int LONGEST_NAME_CHARS = 64;

    private Nearest() {}

    /** The known name a few letters away, or else one with the same end, as when its section was forgotten. */
    static Optional<String> to(String name, Collection<String> known) {
        if (name.length() > LONGEST_NAME_CHARS) {
            return Optional.empty();
        }
        int tolerated = name.length() < SHORT_NAME_CHARS ? 2 : 3;
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= tolerated)
                .or(() -> known.stream()
                        .filter(candidate -> sameEnd(name, candidate))
                        .findFirst());
    }

    private static boolean sameEnd(String name, String candidate) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return candidate.endsWith("." + last) || name.endsWith("_" + candidate);
    }

    /** Letters to insert, drop or exchange, whatever their case (Levenshtein, two rows). */
    private static int distance(String name, String candidate) {
        String from = name.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[above.length - 1];
    }
}
