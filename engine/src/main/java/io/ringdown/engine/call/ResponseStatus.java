package io.ringdown.engine.call;

/** How the model says a response ended, in OpenAI Realtime's words; {@link #IN_PROGRESS} until it does. */
public enum ResponseStatus {
    IN_PROGRESS,
    COMPLETED,
    CANCELLED,
    /** Cut by the token limit or a content filter: its audio stops in mid-sentence. */
    INCOMPLETE,
    /** Failed for a reason that may pass, such as a server error. */
    FAILED,
    /** Failed because the account cannot pay, or may not: trying again is useless. */
    FAILED_QUOTA,
}
