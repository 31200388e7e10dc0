package io.ringdown.engine.call;

/** Something the server itself can say, from a recording. */
public enum Clip {
    SILENCE_TIMEOUT,
    MAX_DURATION,
    MODEL_LOST,
    GOODBYE,
}
