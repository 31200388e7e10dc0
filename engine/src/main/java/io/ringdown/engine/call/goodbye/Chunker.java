package io.ringdown.engine.call.goodbye;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers tokens into the phrases of each role. Immutable; any thread. */
final class Chunker {

    /** Words of these roles open something new, so no wildcard takes them. */
    private static final List<PhraseRole> OPENERS =
            List.of(PhraseRole.GOODBYE, PhraseRole.HOLD, PhraseRole.CONTINUATION, PhraseRole.NEGATION);

    private final Map<PhraseRole, PhraseTable> tables = new EnumMap<>(PhraseRole.class);

    Chunker(GoodbyePhrases phrases) {
        for (PhraseRole role : PhraseRole.values()) {
            boolean conjugated = role == PhraseRole.REPORT || role == PhraseRole.NEGATION;
            tables.put(
                    role, new PhraseTable(phrases.of(role), conjugated ? PhraseTable.CONJUNCTIONS : PhraseTable.AND));
        }
    }

    List<Chunk> chunks(List<Token> tokens) {
        List<Chunk> chunks = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            PhraseRole role = null;
            int length = 0;
            for (PhraseRole candidate : PhraseRole.values()) {
                int claimed = role == PhraseRole.GOODBYE ? 0 : lengthAt(candidate, tokens, at);
                if (claimed > length) {
                    role = candidate;
                    length = claimed;
                }
            }
            chunks.add(new Chunk(role, tokens.get(at)));
            at += Math.max(length, 1);
        }
        return chunks;
    }

    private int lengthAt(PhraseRole role, List<Token> tokens, int at) {
        return tables.get(role).longestAt(tokens, at, word -> !opens(tokens, word));
    }

    private boolean opens(List<Token> tokens, int at) {
        return OPENERS.stream().anyMatch(role -> tables.get(role).longestAt(tokens, at, word -> false) > 0);
    }
}
