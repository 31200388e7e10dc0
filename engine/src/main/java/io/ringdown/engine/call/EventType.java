package io.ringdown.engine.call;

/** Everything a call can be told. Past participles: each has happened. */
public enum EventType {
    // the carrier's leg
    CALL_STARTED,
    START_REFUSED,
    CALLER_AUDIO,
    MARK_ECHOED,
    DIGIT_PRESSED,
    CARRIER_STOPPED,
    CARRIER_LOST,
    PEER_ABUSED,

    // the model's leg
    MODEL_CONNECTED,
    SESSION_CONFIRMED,
    SESSION_REFUSED,
    MODEL_LOST,
    QUOTA_SPENT,
    SPEECH_STARTED,
    SPEECH_STOPPED,
    CALLER_TRANSCRIBED,
    RESPONSE_CREATED,
    RESPONSE_COLLIDED,
    AUDIO_DELTA,
    AUDIO_REFUSED,
    AUDIO_DONE,
    TRANSCRIPT_DONE,
    TOOL_CALLED,
    RESPONSE_DONE,

    // the lane itself
    AUDIO_STAGED,
    AUDIO_SENT,
    MARK_SENT,
    OUT_OVERRUN,
    TX_BLOCKED,
    TX_PROGRESSED,
    TX_DRAINED,
    DEADLINE_PASSED,
    CALL_FAILED,

    // other threads
    STREAM_REPLACED,
    OPERATOR_HUNG_UP,
    SHUT_DOWN,
    HANGUP_CONFIRMED,
    HANGUP_GAVE_UP,
}
