package io.ringdown.engine.lane;

/** What a lane counts, each with the sentence an operator reads. */
public enum LaneCounter {
    CALLS_OPENED("calls admitted to the lane"),
    EVENTS_HANDLED("events handled by calls"),
    EVENTS_UNCLAIMED("times a leg found the ring full and kept what it had read"),
    EVENTS_REFUSED("events of other threads refused, since the rest of the ring is kept for the legs"),
    EVENTS_STALE("events for calls that were over"),
    CALLS_FAILED("calls ended by an error of ours"),
    MARKS_REFUSED("marks for which there was no room; a bounded wait stands in for their echo"),
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
