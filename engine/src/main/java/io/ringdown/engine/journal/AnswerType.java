package io.ringdown.engine.journal;

/** Every answer a call machine is given, by its latch, the matchers and the lane. */
public enum AnswerType {
    CLAIMED,
    CLOSED,
    /** The latch's state, noted when it is not what it was. */
    STATE,
    /** Why the latch was claimed, noted when it is not what it was. */
    REASON,
    MODEL_GOODBYE,
    CALLER_GOODBYE,
    VOICEMAIL,
    /** The μ-law bytes of a recording that found room. */
    CLIP_QUEUED,
}
