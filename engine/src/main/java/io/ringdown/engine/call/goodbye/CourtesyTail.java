package io.ringdown.engine.call.goodbye;

import java.util.List;

/** What may stand after a goodbye: courtesies, and whom it is said to. A question or anything new may not. */
final class CourtesyTail {

    private static final int NAME_WORDS = 2;

    private CourtesyTail() {}

    /** Whether only courtesy follows the chunk at {@code goodbye}. */
    static boolean follows(List<Chunk> chunks, int goodbye) {
        int at = goodbye + 1;
        while (at < chunks.size()) {
            int length = lengthAt(chunks, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int lengthAt(List<Chunk> chunks, int at) {
        Chunk chunk = chunks.get(at);
        if (chunk.is(Token.Kind.QUESTION)) {
            return 0;
        }
        if (!chunk.is(Token.Kind.WORD) || chunk.is(PhraseRole.COURTESY) || chunk.is(PhraseRole.NAME)) {
            return 1;
        }
        if (chunk.is(PhraseRole.JOINER)) {
            return at + 1 < chunks.size() && chunks.get(at + 1).is(Token.Kind.WORD) ? 1 : 0;
        }
        return chunk.is(PhraseRole.TITLE) ? titledLength(chunks, at) : capitalNameLength(chunks, at);
    }

    /** "Mrs. Cohen", "גברת לוי", "sir". */
    private static int titledLength(List<Chunk> chunks, int at) {
        int end = at + 1;
        if (end < chunks.size() && chunks.get(end).first().text().equals(".")) {
            end++;
        }
        int names = 0;
        while (end < chunks.size() && names < NAME_WORDS && isPartOfName(chunks.get(end))) {
            names++;
            end++;
        }
        return end - at;
    }

    private static boolean isPartOfName(Chunk chunk) {
        return chunk.isPlainWord() || chunk.is(PhraseRole.NAME);
    }

    /** "John", "Jean-Luc Picard"; a capital that only opens a sentence is no sign of a name. */
    private static int capitalNameLength(List<Chunk> chunks, int at) {
        Chunk before = chunks.get(at - 1);
        if (before.endsSentence()
                || before.isPlainWord()
                || chunks.get(at).first().glued()) {
            return 0;
        }
        int names = 0;
        int end = at;
        while (end < chunks.size() && names <= NAME_WORDS && isCapitalName(chunks.get(end))) {
            names += chunks.get(end).first().glued() ? 0 : 1;
            end++;
        }
        return names <= NAME_WORDS ? end - at : 0;
    }

    private static boolean isCapitalName(Chunk chunk) {
        return chunk.isPlainWord() && chunk.first().capital();
    }
}
