package io.ringdown.bridge.model.openai;

/** The events we send, by the prefix of their {@code event_id}: an error that names one tells what failed. */
enum ClientEvent {
    CONFIGURE("cfg-"),
    RESPOND("resp-"),
    CANCEL("cancel-"),
    TRUNCATE("trunc-"),
    ANSWER_TOOL("tool-");

    private final String prefix;

    ClientEvent(String prefix) {
        this.prefix = prefix;
    }

    String id(int number) {
        return prefix + number;
    }

    /** Whether {@code eventId}, which may be null, is one of this kind. */
    boolean sent(String eventId) {
        return eventId != null && eventId.startsWith(prefix);
    }
}
