package io.ringdown.engine.call.goodbye;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes one transcript apart, in one pass. Used once, by the thread that made it. */
final class Tokenizer {

    /** Minutes of speech. What decides stands at the end, and a lane waits for the answer. */
    private static final int READ_CHARS = 4_000;

    private static final int END = -1;
    private static final String APOSTROPHES = "'`\u2018\u2019\u201B\u2032\u02BC\u02B9\u05F3";
    private static final String QUOTES = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB\u2039\u203A\u05F4";
    private static final String HYPHENS = "-\u2010\u2012\u2212\u05BE";
    private static final String GLUE = "_@#/\\=+&";
    private static final String COMMAS = ",;:\u2013\u2014\u2015()[]{}|\u2022\u060C\u3001\u05C0";
    private static final String STOPS = "!\n\r\u0085\u2028\u2029\u05C3\u3002";
    private static final String QUESTIONS = "?\u061F\u2E2E\u2753\u2754";

    private final List<Token> tokens = new ArrayList<>();
    private final int[] letters;
    private int singleQuote = END; // the place in tokens of a single quotation mark not yet closed
    private boolean glued;

    private Tokenizer(int[] letters) {
        this.letters = letters;
    }

    /** The tokens of the last 4,000 characters of {@code text}; none when it is null or blank. */
    static List<Token> tokens(String text) {
        if (text == null) {
            return List.of();
        }
        Tokenizer tokenizer = new Tokenizer(normalised(text.substring(Math.max(0, text.length() - READ_CHARS))));
        tokenizer.run();
        return tokenizer.tokens;
    }

    /**
     * NFKC without vowel points, accents and invisible characters. They go before it, or it would compose them into their
     * letters, and after it, for those it takes out of letters.
     */
    private static int[] normalised(String text) {
        String composed = Normalizer.normalize(visible(text), Normalizer.Form.NFKC);
        return visible(composed).codePoints().toArray();
    }

    private static String visible(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\u00B4' ? '\'' : c) // the normaliser makes a space and an accent of it
                .filter(c -> switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> false;
                    default -> true;
                })
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private void run() {
        int at = 0;
        while (at < letters.length) {
            at = startsWord(at) ? word(at) : mark(at);
        }
        if (singleQuote != END) {
            tokens.remove(singleQuote); // an apostrophe after all, as in 'bye
        }
    }

    private boolean startsWord(int at) {
        return isWordLetter(letterAt(at));
    }

    private int word(int start) {
        StringBuilder word = new StringBuilder();
        int at = start;
        while (isWordLetter(letterAt(at)) || insideWord(at)) {
            if (isWordLetter(letters[at])) {
                word.appendCodePoint(letters[at]);
            }
            at++;
        }
        String text = word.toString();
        tokens.add(Token.word(text.toLowerCase(Locale.ROOT), isCapital(text), glued));
        glued = false;
        return at;
    }

    /** An apostrophe, as in "don't", or the gershayim of an acronym, which stand before its last letter. */
    private boolean insideWord(int at) {
        int letter = letterAt(at);
        boolean between = isWordLetter(letterAt(at + 1));
        return between && (isOneOf(APOSTROPHES, letter) || isOneOf(QUOTES, letter) && !isWordLetter(letterAt(at + 2)));
    }

    private int mark(int at) {
        int letter = letters[at];
        if (isOneOf(APOSTROPHES, letter)) {
            apostrophe(at);
        } else if (isOneOf(QUOTES, letter)) {
            tokens.add(Token.mark(Token.Kind.QUOTE, '"'));
        } else if (gluesWords(at)) {
            glued = true;
        } else if (isOneOf(COMMAS, letter) || isOneOf(HYPHENS, letter)) {
            tokens.add(Token.mark(Token.Kind.COMMA, letter));
        } else if (isOneOf(STOPS, letter) || letter == '.') {
            tokens.add(Token.mark(Token.Kind.STOP, letter));
        } else if (isOneOf(QUESTIONS, letter)) {
            tokens.add(Token.mark(Token.Kind.QUESTION, letter));
        }
        return at + 1;
    }

    /** A single quotation mark when a word follows it or an open one waits for it; nothing otherwise, as in "גב'". */
    private void apostrophe(int at) {
        boolean afterWord = isWordLetter(letterAt(at - 1));
        if (singleQuote == END && !afterWord && startsWord(at + 1)) {
            singleQuote = tokens.size();
            tokens.add(Token.mark(Token.Kind.QUOTE, '\''));
        } else if (singleQuote != END && !startsWord(at + 1)) {
            singleQuote = END;
            tokens.add(Token.mark(Token.Kind.QUOTE, '\''));
        }
    }

    /** "bye-laws", "bye@home", "bye.com"; not "Thanks.Bye", where only a space is missing. */
    private boolean gluesWords(int at) {
        int before = letterAt(at - 1);
        int after = letterAt(at + 1);
        if (!isWordLetter(before) || !isWordLetter(after)) {
            return false;
        }
        int letter = letters[at];
        return isOneOf(HYPHENS, letter)
                || isOneOf(GLUE, letter)
                || letter == '.' && !isSentenceEdge(before) && !isSentenceEdge(after);
    }

    private static boolean isSentenceEdge(int letter) {
        return !Character.isLowerCase(letter) && !Character.isDigit(letter);
    }

    private int letterAt(int at) {
        return at >= 0 && at < letters.length ? letters[at] : END;
    }

    private static boolean isWordLetter(int letter) {
        return letter != END && Character.isLetterOrDigit(letter) && !isOneOf(APOSTROPHES, letter);
    }

    private static boolean isOneOf(String marks, int letter) {
        return letter != END && marks.indexOf(letter) >= 0;
    }

    private static boolean isCapital(String word) {
        return Character.isUpperCase(word.codePointAt(0)) && word.codePoints().anyMatch(Character::isLowerCase);
    }
}
