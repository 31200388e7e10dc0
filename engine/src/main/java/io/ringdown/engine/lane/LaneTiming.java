package io.ringdown.engine.lane;

/** What a lane times, each with the sentence an operator reads. */
public enum LaneTiming {
    TURN("a turn of the lane that found work: reading its sockets, its calls' events, timers and audio"),
    UPLINK("one in 16 frames of caller audio, from its reading to its writing to the model's socket"),
    DOWNLINK(
            "one in 16 frames of model audio, from its reading, or its time if it had to wait for that, to its writing"),
    BARGE_IN("a caller's barge-in, from reading speech_started to writing clear to the carrier's socket"),
    DEAD_AIR(
            "silence before a hangup: from the later of the last goodbye sample heard and the model's last word on it");

    private final String sentence;

    LaneTiming(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
