package io.ringdown.engine.call.goodbye;

import java.util.Collection;
import java.util.List;

/** Tells whether what was heard is an answering machine (S33); when it was heard is for the call to weigh. Immutable; any thread. */
public final class VoicemailMatcher {

    private static final int NUMBER_DIGITS = 5;

    private static final String PHRASES = """
            leave a message after, leave your message after, leave a message at the, leave your message at the, please leave a message,
            please leave your message, please leave me a message, please leave your name, leave your name and number, leave us a message,
            leave me a message, just leave a message, after the tone, after the beep, at the tone, at the beep, at the sound of the,
            record your message, please record your, reached the voicemail, reached the voice mail, reached the voice mailbox,
            reached the mailbox, voicemail box, voice mailbox, mailbox is full, forwarded to voicemail, forwarded to the voicemail,
            forwarded to an automated voice, automatic voice message system, automated voice messaging system,
            cant take your call, cannot take your call, unable to take your call, not available to take your call, cant come to the phone,
            the person you are calling is not available, the person youre calling is not available, the person you are trying to reach,
            the subscriber you have dialed, the customer you are calling is not available, the number you have dialed,
            השאירו הודעה, השאר הודעה, השאירי הודעה, תשאירו הודעה, השאירו לנו הודעה, השאירו לי הודעה, השאירו את הודעתכם, השאר את הודעתך,
            נא להשאיר הודעה, אנא השאירו, אנא השאר, להשאיר הודעה אחרי, להשאיר הודעה לאחר, להשאיר את הודעתכם, להשאיר את הודעתך,
            אחרי הצפצוף, לאחר הצפצוף, אחרי הביפ, לאחר הביפ, אחרי הצליל, לאחר הצליל, לאחר הישמע הצליל, לאחר הישמע הצפצוף, עם הישמע הצליל,
            הגעתם לתא, הגעת לתא, הגעתם לתיבה הקולית, הגעת לתיבה הקולית, הגעתם למשיבון, הגעת למשיבון, זהו תא קולי, התא הקולי של,
            תיבת ההודעות מלאה, התיבה הקולית מלאה, התא הקולי מלא, המנוי אינו זמין, המנוי אינו פנוי, המנוי שחייגתם, המנוי שחייגת, המנוי אליו חייגת,
            המנוי אליו חייגתם, לא ניתן להשיג את המנוי, המספר שחייגתם, המספר שאליו חייגתם, המספר אליו חייגת, המספר אליו חייגתם,
            איננו יכולים לענות, לא יכול לענות כרגע, לא יכולה לענות כרגע, לא ניתן לענות כרגע
            """;

    private final List<String> phrases;
    private final PhraseTable table;

    /** Throws {@link IllegalArgumentException} for a phrase that does not start with a word. */
    public VoicemailMatcher(Collection<String> phrases) {
        this.phrases = List.copyOf(phrases);
        table = new PhraseTable(phrases, PhraseTable.AND);
    }

    /** What it knows. */
    public List<String> phrases() {
        return phrases;
    }

    /** What machines say in Hebrew and English. */
    public static List<String> defaultPhrases() {
        return GoodbyePhrases.split(PHRASES);
    }

    /** Whether {@code transcript} holds a phrase of a machine and no number of five or more digits. Null or blank holds neither. */
    public boolean isVoicemail(String transcript) {
        List<Token> tokens = Tokenizer.tokens(transcript);
        return holdsPhrase(tokens) && !holdsNumber(tokens);
    }

    private boolean holdsPhrase(List<Token> tokens) {
        for (int at = 0; at < tokens.size(); at++) {
            if (table.longestAt(tokens, at, word -> true) > 0) {
                return true;
            }
        }
        return false;
    }

    /** A number may be written in groups, as in "050-123 4567"; a word ends it. */
    private static boolean holdsNumber(List<Token> tokens) {
        long digits = 0;
        for (Token token : tokens) {
            boolean word = token.kind() == Token.Kind.WORD;
            long found = token.text().codePoints().filter(Character::isDigit).count();
            digits = word && found == 0 ? 0 : digits + found;
            if (digits >= NUMBER_DIGITS) {
                return true;
            }
        }
        return false;
    }
}
