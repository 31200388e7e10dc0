package io.ringdown.engine.call.goodbye;

/**
 * A word or a punctuation mark of a transcript.
 *
 * @param kind what it is
 * @param text a word in lower case without its apostrophes; otherwise the mark
 * @param skeleton the text with each run of one letter made a single letter; kept, since every phrase table asks for it
 * @param capital a word is written as a name is: a capital first, small letters after it
 * @param glued a word hangs on the one before by a hyphen or the like, with no space
 */
record Token(Kind kind, String text, String skeleton, boolean capital, boolean glued) {

    enum Kind {
        WORD,
        QUOTE,
        /** Parts clauses. */
        COMMA,
        /** Parts sentences. */
        STOP,
        /** Parts sentences, and asks. */
        QUESTION
    }

    private static final int STRETCHED_RUN = 3;

    static Token word(String text, boolean capital, boolean glued) {
        return new Token(Kind.WORD, text, skeleton(text), capital, glued);
    }

    static Token mark(Kind kind, int codePoint) {
        String text = Character.toString(codePoint);
        return new Token(kind, text, text, false, false);
    }

    /** The same word without a prefix of so many letters. */
    Token without(int letters) {
        return word(text.substring(letters), capital, glued);
    }

    /** A letter is drawn out, as in "byeee", so {@link #skeleton} is what can be compared. */
    boolean stretched() {
        int run = 1;
        for (int i = 1; i < text.length() && run < STRETCHED_RUN; i++) {
            run = text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
        }
        return run >= STRETCHED_RUN;
    }

    /** {@code word} with each run of one letter made a single letter. */
    static String skeleton(String word) {
        StringBuilder letters = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            if (i == 0 || word.charAt(i) != word.charAt(i - 1)) {
                letters.append(word.charAt(i));
            }
        }
        return letters.toString();
    }
}
