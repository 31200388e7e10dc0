package io.ringdown.engine.call.goodbye;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Finds phrases in a list of tokens. Immutable; any thread. */
final class PhraseTable {

    /** The Hebrew prefix any phrase may carry: "and". */
    static final List<String> AND = List.of("ו");

    /** The Hebrew prefixes a verb or a negation may carry: "and", "that", "when". */
    static final List<String> CONJUNCTIONS = List.of("ו", "ש", "וש", "כש", "וכש", "שה", "ה");

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final String ONE_WORD = "?";
    private static final String SOME_WORDS = "*";
    private static final int SOME_WORDS_LIMIT = 6;
    private static final int NO_MATCH = -1;

    private final Map<String, List<List<String>>> bySkeleton = new HashMap<>(); // of the first word
    private final String[] prefixes;

    PhraseTable(Collection<String> phrases, List<String> prefixes) {
        this.prefixes = prefixes.toArray(String[]::new);
        for (String phrase : phrases) {
            List<String> words = words(phrase);
            bySkeleton
                    .computeIfAbsent(Token.skeleton(words.get(0)), first -> new ArrayList<>())
                    .add(words);
        }
    }

    private static List<String> words(String phrase) {
        List<String> words = new ArrayList<>();
        if (phrase.contains(ONE_WORD) || phrase.contains(SOME_WORDS)) {
            for (String piece : SPACES.split(phrase.strip())) {
                if (piece.equals(ONE_WORD) || piece.equals(SOME_WORDS)) {
                    words.add(piece);
                } else {
                    addWords(piece, words);
                }
            }
        } else { // in one go: there are a thousand of them, and a server that starts waits
            addWords(phrase, words);
        }
        if (words.isEmpty() || words.get(0).equals(ONE_WORD) || words.get(0).equals(SOME_WORDS)) {
            throw new IllegalArgumentException("a phrase starts with a word: '" + phrase + "'");
        }
        return words;
    }

    private static void addWords(String text, List<String> words) {
        for (Token token : Tokenizer.tokens(text)) {
            if (token.kind() == Token.Kind.WORD) {
                words.add(token.text());
            }
        }
    }

    /**
     * The number of tokens the longest phrase at {@code at} takes, 0 when there is none. A wildcard takes only words for
     * which {@code filler} holds of their index.
     */
    int longestAt(List<Token> tokens, int at, IntPredicate filler) {
        Token token = tokens.get(at);
        int longest = longestFrom(token, tokens, at, filler);
        for (String prefix : prefixes) {
            String text = token.text();
            if (text.startsWith(prefix)) {
                longest = Math.max(longest, longestFrom(token.without(prefix.length()), tokens, at, filler));
            }
        }
        return longest;
    }

    private int longestFrom(Token first, List<Token> tokens, int at, IntPredicate filler) {
        List<List<String>> phrases = bySkeleton.get(first.skeleton());
        if (phrases == null) {
            return 0; // as nearly always: a lane reads every transcript, so it makes no garbage of looking
        }
        int longest = 0;
        for (List<String> phrase : phrases) {
            if (same(first, phrase.get(0))) {
                int end = endOf(phrase, 1, tokens, at + 1, filler);
                longest = Math.max(longest, end - at);
            }
        }
        return longest;
    }

    /** Where {@code phrase}, from its word {@code word} on, ends when it is laid at {@code at}. */
    private static int endOf(List<String> phrase, int word, List<Token> tokens, int at, IntPredicate filler) {
        if (word == phrase.size()) {
            return at;
        }
        String wanted = phrase.get(word);
        if (wanted.equals(SOME_WORDS)) {
            return endOfSome(phrase, word, tokens, at, filler);
        }
        if (at == tokens.size() || tokens.get(at).kind() != Token.Kind.WORD) {
            return NO_MATCH;
        }
        boolean fits = wanted.equals(ONE_WORD) ? filler.test(at) : same(tokens.get(at), wanted);
        return fits ? endOf(phrase, word + 1, tokens, at + 1, filler) : NO_MATCH;
    }

    private static int endOfSome(List<String> phrase, int word, List<Token> tokens, int at, IntPredicate filler) {
        int longest = endOf(phrase, word + 1, tokens, at, filler);
        for (int taken = 0; taken < SOME_WORDS_LIMIT; taken++) {
            int next = at + taken;
            if (next == tokens.size() || tokens.get(next).kind() != Token.Kind.WORD || !filler.test(next)) {
                break;
            }
            longest = Math.max(longest, endOf(phrase, word + 1, tokens, next + 1, filler));
        }
        return longest;
    }

    private static boolean same(Token token, String word) {
        return token.text().equals(word)
                || token.stretched() && token.skeleton().equals(Token.skeleton(word));
    }
}
