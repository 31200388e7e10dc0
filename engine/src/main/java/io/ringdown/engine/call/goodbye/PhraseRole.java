package io.ringdown.engine.call.goodbye;

/**
 * What a phrase says about a goodbye near it. Where two roles claim equally many words, the earlier one here has them;
 * a {@link #GOODBYE} has them always.
 */
public enum PhraseRole {
    /** Ends a call: "bye", "להתראות". */
    GOODBYE,
    /** Leaves the end to the listener when it precedes in the sentence: "if not", "אחרת". */
    CONDITION,
    /** Asks to stay on the line: "wait", "רגע". */
    HOLD,
    /** Makes the goodbye somebody's words rather than the speaker's deed: "said", "תגיד". */
    REPORT,
    /** Denies the goodbye it reaches: "not", "אל". */
    NEGATION,
    /** May follow a goodbye without taking it back: "have a * day", "יום טוב". */
    COURTESY,
    /** Directly before a goodbye it makes nonsense of it: "hi", "היי". */
    GREETING,
    /** Announces a name: "Mrs.", "גברת". */
    TITLE,
    /** A name that no capital letter gives away: "דני". */
    NAME,
    /** Joins a goodbye and its courtesies: "and", "ו". */
    JOINER,
    /** Directly before a goodbye it makes a thing of it, or an infinitive of "להתראות": "the", "נשמח". */
    MENTION,
    /** Lets a negation or a report reach across it: "really", "לו". */
    BRIDGE,
    /** Opens something that is neither a name nor a courtesy: "but", "אני". */
    CONTINUATION
}
