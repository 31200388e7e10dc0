package io.ringdown.engine.call.goodbye;

import java.util.List;

/**
 * Tells whether a final transcript ends the call: a goodbye in its last clause, meant, and with nothing but courtesy
 * after it (S25, S26, S30). Immutable; any thread.
 */
public final class GoodbyeMatcher {

    private static final int WORDS_UNDER_A_REPORT = 2;

    private final GoodbyePhrases phrases;
    private final Chunker chunker;

    /** Throws {@link IllegalArgumentException} for a phrase that does not start with a word. */
    public GoodbyeMatcher(GoodbyePhrases phrases) {
        this.phrases = phrases;
        chunker = new Chunker(phrases);
    }

    /** What it knows. */
    public GoodbyePhrases phrases() {
        return phrases;
    }

    /** Whether the model says goodbye, which arms the hangup. A null or blank transcript says nothing. */
    public boolean modelSaysGoodbye(String transcript) {
        List<Chunk> chunks = chunks(transcript);
        int last = lastGoodbye(chunks);
        return last >= 0 && isMeant(chunks, last);
    }

    /**
     * Whether the caller says goodbye. It only classifies, so it is the stricter of the two: a sentence that also asks to
     * wait is no goodbye. A null or blank transcript says nothing.
     */
    public boolean callerSaysGoodbye(String transcript) {
        List<Chunk> chunks = chunks(transcript);
        int last = lastGoodbye(chunks);
        return last >= 0 && isMeant(chunks, last) && !sentenceHolds(chunks, last, PhraseRole.HOLD);
    }

    private List<Chunk> chunks(String transcript) {
        return chunker.chunks(Tokenizer.tokens(transcript));
    }

    private static int lastGoodbye(List<Chunk> chunks) {
        int at = chunks.size() - 1;
        while (at >= 0 && !chunks.get(at).is(PhraseRole.GOODBYE)) {
            at--;
        }
        return at;
    }

    private static boolean isMeant(List<Chunk> chunks, int last) {
        int first = firstOfRun(chunks, last);
        return CourtesyTail.follows(chunks, last)
                && !insideWord(chunks, first)
                && !negated(chunks, first)
                && !reported(chunks, first)
                && !mentioned(chunks, first)
                && !greeted(chunks, first)
                && !Quotation.holds(chunks, first)
                && !sentenceHolds(chunks, first, PhraseRole.CONDITION);
    }

    /** "bye, bye and goodbye" is one goodbye: what precedes its first word governs all of it. */
    private static int firstOfRun(List<Chunk> chunks, int last) {
        int first = last;
        for (int at = last - 1; at >= 0; at--) {
            Chunk chunk = chunks.get(at);
            if (chunk.is(PhraseRole.GOODBYE)) {
                first = at;
            } else if (!chunk.is(Token.Kind.COMMA) && !chunk.is(PhraseRole.JOINER)) {
                break;
            }
        }
        return first;
    }

    /** "stand-bye"; not "thanks-bye" or "ו-ביי". */
    private static boolean insideWord(List<Chunk> chunks, int first) {
        if (!chunks.get(first).first().glued()) {
            return false;
        }
        Chunk before = chunks.get(first - 1);
        return !before.is(PhraseRole.COURTESY) && !before.is(PhraseRole.JOINER);
    }

    /** "not really goodbye"; not "no, bye" or "no problem bye". */
    private static boolean negated(List<Chunk> chunks, int first) {
        int at = first - 1;
        while (at >= 0
                && (chunks.get(at).is(PhraseRole.BRIDGE) || chunks.get(at).is(Token.Kind.QUOTE))) {
            at--;
        }
        return at >= 0 && chunks.get(at).is(PhraseRole.NEGATION);
    }

    /** "she told me to say goodbye", "he said, bye", "he wrote: bye"; not "I will tell him, bye". */
    private static boolean reported(List<Chunk> chunks, int first) {
        int at = beforeQuotes(chunks, first);
        if (at >= 0 && chunks.get(at).is(Token.Kind.COMMA) && !chunks.get(at).isColon()) {
            return at > 0 && chunks.get(at - 1).is(PhraseRole.REPORT);
        }
        int strangers = 0;
        for (; at >= 0 && strangers <= WORDS_UNDER_A_REPORT && staysInClause(chunks.get(at)); at--) {
            Chunk chunk = chunks.get(at);
            if (chunk.is(PhraseRole.REPORT)) {
                return true;
            }
            boolean transparent =
                    chunk.is(PhraseRole.BRIDGE) || chunk.is(PhraseRole.JOINER) || !chunk.is(Token.Kind.WORD);
            strangers += transparent ? 0 : 1;
        }
        return false;
    }

    private static boolean staysInClause(Chunk chunk) {
        return chunk.is(Token.Kind.WORD) || chunk.is(Token.Kind.QUOTE) || chunk.isColon();
    }

    /** "the word bye", "נשמח להתראות". */
    private static boolean mentioned(List<Chunk> chunks, int first) {
        int at = beforeQuotes(chunks, first);
        return at >= 0 && chunks.get(at).is(PhraseRole.MENTION);
    }

    /** "היי ביי"; not "שלום ולהתראות". */
    private static boolean greeted(List<Chunk> chunks, int first) {
        if (chunks.get(first).first().text().startsWith("ו")) {
            return false;
        }
        int at = first - 1;
        while (at >= 0 && (chunks.get(at).is(Token.Kind.COMMA) || chunks.get(at).is(Token.Kind.QUOTE))) {
            at--;
        }
        return at >= 0 && chunks.get(at).is(PhraseRole.GREETING);
    }

    private static boolean sentenceHolds(List<Chunk> chunks, int goodbye, PhraseRole role) {
        for (int at = goodbye - 1; at >= 0 && !chunks.get(at).endsSentence(); at--) {
            if (chunks.get(at).is(role)) {
                return true;
            }
        }
        return false;
    }

    private static int beforeQuotes(List<Chunk> chunks, int first) {
        int at = first - 1;
        while (at >= 0 && chunks.get(at).is(Token.Kind.QUOTE)) {
            at--;
        }
        return at;
    }
}
