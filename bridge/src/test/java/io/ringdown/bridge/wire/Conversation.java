package io.ringdown.bridge.wire;

/** One peer's messages, one after the other: how they are written, what Jackson makes of them, what a decoder does. */
public interface Conversation {
    /** What a decoder made of a document; nothing heard is the empty text. */
    record Heard(String meaning, boolean fast) {}

    byte[] write(Tape tape);

    /** By Jackson's tree alone. */
    String meaning(byte[] document);

    Heard read(byte[] document);
}
