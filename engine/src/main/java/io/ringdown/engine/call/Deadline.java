package io.ringdown.engine.call;

/** What a call may wait for, each until a bound; in the order in which those due at once are served (S22). */
enum Deadline {
    /** The hangup command was not taken: issue it again. */
    HANGUP_SWEEP,
    /** The carrier confirmed the hangup, but its {@code stop} does not come. */
    CARRIER_CLOSE,
    MAX_DURATION_GRACE,
    SESSION,
    MODEL_CONNECT,
    MAX_DURATION,
    CARRIER_STALL,
    /** A pending hangup: the audio still to play, and a slack, are over. */
    HANGUP_WATCHDOG,
    /** A pending hangup: all but {@code response.done} is there. */
    RESPONSE_DONE_WAIT,
    USER_GOODBYE,
    SILENCE,
    START,
    /** The model began a response and fell silent. */
    RESPONSE_STALL,
    /** What was sent should have been heard, though no echo says so. */
    PLAYOUT_END,
    CANCELLED_GOODBYE,
    TOOL,
    /** A requested response was not created. */
    RESPONSE_REQUEST,
    /** The caller was speaking, and the carrier sends nothing. */
    MEDIA_GAP,
}
