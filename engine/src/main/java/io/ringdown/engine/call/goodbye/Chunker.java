package io.ringdown.engine.call.goodbye;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Gathers tokens into the phrases of each role. Immutable; any thread. */
final class Chunker {

    /** Words of these roles open something new, so no wildcard takes them. */
    private static final List<PhraseRole> OPENERS =
            List.of(PhraseRole.GOODBYE, PhraseRole.HOLD, PhraseRole.CONTINUATION, PhraseRole.NEGATION);

    private static final PhraseRole[] ROLES = PhraseRole.values();

    private final Map<PhraseRole, PhraseTable> tables = new EnumMap<>(PhraseRole.class);

    Chunker(GoodbyePhrases phrases) {
        for (PhraseRole role : ROLES) {
            boolean conjugated = role == PhraseRole.REPORT || role == PhraseRole.NEGATION;
            tables.put(
                    role, new PhraseTable(phrases.of(role), conjugated ? PhraseTable.CONJUNCTIONS : PhraseTable.AND));
        }
    }

    List<Chunk> chunks(List<Token> tokens) {
        BitSet openers = openers(tokens);
        IntPredicate filler = word -> !openers.get(word);
        List<Chunk> chunks = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            PhraseRole role = null;
            int length = 0;
            for (PhraseRole candidate : ROLES) {
                int claimed = tables.get(candidate).longestAt(tokens, at, filler);
                if (claimed > length && role != PhraseRole.GOODBYE) {
                    role = candidate;
                    length = claimed;
                }
            }
            chunks.add(new Chunk(role, tokens.get(at)));
            at += Math.max(length, 1);
        }
        return chunks;
    }

    /** Worked out once: each word is a candidate for many wildcards. */
    private BitSet openers(List<Token> tokens) {
        BitSet openers = new BitSet(tokens.size());
        for (int at = 0; at < tokens.size(); at++) {
            for (PhraseRole role : OPENERS) {
                if (tables.get(role).longestAt(tokens, at, word -> false) > 0) {
                    openers.set(at);
                }
            }
        }
        return openers;
    }
}
