package io.ringdown.engine.lane;

/** What a lane counts, each with the sentence an operator reads. */
public enum LaneCounter {
    CALLS_OPENED("calls admitted to the lane"),
    EVENTS_HANDLED("events handled by calls"),
    EVENTS_UNCLAIMED("events that found the ring full; a leg keeps its own, other threads are refused"),
    EVENTS_STALE("events for calls that were over"),
    CALLS_FAILED("calls ended by an error of ours"),
    DOWNLINK_BUDGET_SPENT("responses cancelled because the lane had no frame left"),
    UPLINK_BYTES_FORWARDED("bytes of caller audio sent to models"),
    DOWNLINK_BYTES_SENT("bytes of model audio sent to carriers");

    private final String sentence;

    LaneCounter(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
