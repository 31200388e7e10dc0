package io.ringdown.engine.call;

/** What a tool call is answered with. */
public enum ToolAnswer {
    /** {@code end_call} is accepted: the call ends when the goodbye has been heard. */
    ENDING,
    /** {@code end_call} again. */
    ALREADY_ENDING,
    UNKNOWN_TOOL,
    /** Too many tool calls in one call. */
    LIMIT_REACHED,
}
