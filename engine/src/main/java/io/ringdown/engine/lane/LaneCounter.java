package io.ringdown.engine.lane;

/** What a lane counts, each with the sentence an operator reads. */
public enum LaneCounter {
    CALLS_OPENED("calls admitted to the lane"),
    CALLS_STARTED("calls whose stream began and was let in"),
    CALLS_LEFT("calls that the caller or the carrier ended first"),
    EVENTS_HANDLED("events handled by calls"),
    EVENTS_UNCLAIMED("times a leg found the ring full and kept what it had read"),
    EVENTS_REFUSED("events of other threads refused, since the rest of the ring is kept for the legs"),
    EVENTS_STALE("events for calls that were over"),
    CALLS_FAILED("calls ended by an error of ours"),
    MARKS_REFUSED("marks for which there was no room; a bounded wait stands in for their echo"),
    DOWNLINK_BUDGET_SPENT("responses cancelled because the lane had no frame left"),
    TURNS_STALLED("turns of 20 ms and more: every call of the lane waited"),
    BARGE_INS("times a caller spoke over audio that was still to be heard"),
    CUT_OFF_BYTES("bytes of goodbye that callers had not heard when they were hung up"),
    UPLINK_FORWARDED_BYTES("bytes of caller audio sent to models"),
    DOWNLINK_SENT_BYTES("bytes of model audio sent to carriers");

    private final String sentence;

    LaneCounter(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
