package io.ringdown.engine.call.goodbye;

/**
 * A phrase that plays a role, or a single word or mark that plays none.
 *
 * @param role null when it plays none
 * @param first its first token
 */
record Chunk(PhraseRole role, Token first) {

    boolean is(PhraseRole wanted) {
        return role == wanted;
    }

    boolean is(Token.Kind kind) {
        return first.kind() == kind;
    }

    boolean isPlainWord() {
        return role == null && is(Token.Kind.WORD);
    }

    boolean endsSentence() {
        return is(Token.Kind.STOP) || is(Token.Kind.QUESTION);
    }

    boolean isColon() {
        return is(Token.Kind.COMMA) && first.text().equals(":");
    }
}
