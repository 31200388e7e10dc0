package io.ringdown.bridge.carrier.twilio;

/** Why a message of the carrier was dropped. Each has its counter. */
public enum BadMessage {
    NOT_JSON("not one JSON object, nested too deeply, or with a name twice"),
    UNKNOWN_EVENT("an event nobody knows"),
    INCOMPLETE("a member is missing or of the wrong type"),
    BEFORE_START("sent before the stream's start"),
    FOREIGN_STREAM("of another stream"),
    FOREIGN_TRACK("audio of another track than the caller's"),
    FOREIGN_FORMAT("a stream that is not mu-law, 8 kHz, mono"),
    NOT_BASE64("audio that is not base64"),
    TOO_MUCH_AUDIO("more than a second of audio at once"),
    TOO_LONG("longer than a message may be"),
    UNKNOWN_MARK("a mark whose name is none of ours"),
    UNKNOWN_DIGIT("not one key of a telephone"),
    BINARY("a binary frame");

    private final String sentence;

    BadMessage(String sentence) {
        this.sentence = sentence;
    }

    /** What an operator reads beside the counter. */
    public String sentence() {
        return sentence;
    }
}
