package io.ringdown.engine.call.goodbye;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The phrases a {@link GoodbyeMatcher} knows, by role, of all languages together.
 *
 * <p>A phrase is one or more words; case, accents, apostrophes and punctuation are ignored. After its first word, {@code ?}
 * stands for one word and {@code *} for up to six that open nothing new. Immutable; any thread.
 *
 * @param byRole phrases of each role; a role may be absent
 */
public record GoodbyePhrases(Map<PhraseRole, List<String>> byRole) {

    /** Copies what it is given. */
    public GoodbyePhrases {
        Map<PhraseRole, List<String>> copy = new EnumMap<>(PhraseRole.class);
        byRole.forEach((role, phrases) -> copy.put(role, List.copyOf(phrases)));
        byRole = Map.copyOf(copy);
    }

    /** Hebrew and English. Wishes, "see you" and "ciao" are not goodbyes here: {@link #withGoodbyes} makes them so. */
    public static GoodbyePhrases defaults() {
        Map<PhraseRole, List<String>> both = new EnumMap<>(PhraseRole.class);
        for (PhraseRole role : PhraseRole.values()) {
            List<String> phrases = new ArrayList<>(EnglishPhrases.of(role));
            phrases.addAll(HebrewPhrases.of(role));
            both.put(role, phrases);
        }
        return new GoodbyePhrases(both);
    }

    /** These phrases and {@code more} that end a call, such as "see you". */
    public GoodbyePhrases withGoodbyes(Collection<String> more) {
        Map<PhraseRole, List<String>> extended = new EnumMap<>(PhraseRole.class);
        extended.putAll(byRole);
        List<String> goodbyes = new ArrayList<>(of(PhraseRole.GOODBYE));
        goodbyes.addAll(more);
        extended.put(PhraseRole.GOODBYE, goodbyes);
        return new GoodbyePhrases(extended);
    }

    List<String> of(PhraseRole role) {
        return byRole.getOrDefault(role, List.of());
    }

    /** Splits a table's comma-separated phrases. */
    static List<String> split(String phrases) {
        return List.of(phrases.strip().split("\\s*,\\s*"));
    }
}
