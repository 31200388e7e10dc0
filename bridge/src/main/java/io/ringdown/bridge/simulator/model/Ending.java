package io.ringdown.bridge.simulator.model;

/** The events that end speech. The real server promises no order among the first two; a bridge must join them in any. */
public enum Ending {
    AUDIO_DONE,
    TRANSCRIPT_DONE,
    CONTENT_PART_DONE,
    /** The output item's own done, and the conversation item's behind it. */
    OUTPUT_ITEM_DONE,
    /** Closes the response: always last, unless a reply is told to lie about it. */
    RESPONSE_DONE
}
