package io.ringdown.bridge.model.openai;

/** What a model's leg counts, each with the sentence an operator reads beside it. */
public enum ModelCounter {
    MESSAGES_IGNORED("messages of the model that mean nothing to a telephone"),
    MESSAGES_UNKNOWN("messages of the model of a type nobody knows"),
    MESSAGES_MALFORMED("messages of the model that are not JSON, or not an object, or nested or long beyond reason"),
    MESSAGES_INCOMPLETE("messages of the model without a field that they need"),
    MESSAGES_BINARY("binary messages of the model"),
    AUDIO_REPAIRED("pieces of model audio in careless base64, encoded anew"),
    AUDIO_UNDECODABLE("pieces of model audio that are not base64"),
    AUDIO_REFUSED("pieces of model audio for which the lane had no frame"),
    ERRORS_BENIGN("errors of the model that change nothing"),
    ERRORS_COLLISION("responses refused since another was active"),
    ERRORS_CONFIG("errors of the model about our session"),
    ERRORS_QUOTA("errors of the model about the account"),
    ERRORS_EXPIRED("sessions that reached their limit"),
    ERRORS_OTHER("other errors of the model; the session went on"),
    CONNECTS_REFUSED("upgrades that the model's server refused"),
    CONNECTIONS_LOST("connections to the model lost or never made");

    private final String sentence;

    ModelCounter(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
