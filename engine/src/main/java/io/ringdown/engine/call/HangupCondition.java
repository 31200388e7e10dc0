package io.ringdown.engine.call;

import java.util.Locale;

/** What must hold, all at once, for a polite hangup. The names are those of the log. */
public enum HangupCondition {
    /** The carrier has not stopped and the session is not closed. */
    NOT_CLOSED,
    /** No hangup was triggered or executed for this call. */
    NOT_TRIGGERED,
    /** A goodbye, {@code end_call} or a policy asked for it. */
    PENDING_HANGUP,
    /** The pending hangup is bound to exactly this response. */
    RESPONSE_ID_MATCH,
    /** The response was not cancelled by barge-in or the model, and did not end incomplete or failed. */
    NOT_CANCELLED,
    /** Every audio item of it that had a delta has its {@code audio.done}, or {@code response.done} came. */
    AUDIO_DONE,
    /** {@code response.done} said completed, or its bounded wait is over. */
    COMPLETED,
    /** Nothing of it waits in {@code out}. */
    OUT_Q_EMPTY,
    /** Nothing of it waits in {@code tx}, the write to the socket included. */
    TX_EMPTY,
    /** The carrier echoed its last mark in the live generation. */
    PLAYED;

    private final String logName = name().toLowerCase(Locale.ROOT);

    public String logName() {
        return logName;
    }
}
