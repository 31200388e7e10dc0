package io.ringdown.engine.call;

/** Why audio was not passed on. Each has its counter, so that bytes in = forwarded + dropped. */
public enum DropReason {
    BEFORE_SESSION("caller audio older than what is held before the session is configured"),
    MODEL_STALLED("caller audio older than what is held while the model's socket is full"),
    AFTER_END("audio of a call that is ending or over"),
    NO_SESSION("caller audio of a call whose model is lost"),
    BARGE_IN("model audio the caller spoke over"),
    UNKNOWN_RESPONSE("model audio of a response nobody announced or everybody forgot"),
    CANCELLED("model audio of a cancelled response"),
    OUT_FULL("model audio beyond what a call may hold"),
    POOL_SPENT("audio for which the lane had no frame");

    private final String sentence;

    DropReason(String sentence) {
        this.sentence = sentence;
    }

    /** What an operator reads beside the counter. */
    public String sentence() {
        return sentence;
    }
}
