package io.ringdown.bridge.admission;

/** Why a call is not let in, the first that holds. */
public enum Refusal {
    DRAINING("draining"),
    CAPACITY("at capacity"),
    LATE("every lane is late");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
