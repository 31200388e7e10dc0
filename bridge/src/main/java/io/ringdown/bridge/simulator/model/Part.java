package io.ringdown.bridge.simulator.model;

/** One output item of a reply. */
sealed interface Part {

    /** μ-law audio, possibly none, and its transcript, possibly null. */
    record Speech(byte[] audio, String transcript) implements Part {}

    /** {@code arguments} is a JSON text. */
    record ToolCall(String name, String arguments) implements Part {}
}
