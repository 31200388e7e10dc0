package io.ringdown.engine.call;

/** Which of transcript and audio came second, and so completed a goodbye. The names are those of the log. */
public enum Via {
    AUDIO_DONE("audio.done"),
    TRANSCRIPT_DONE("transcript.done_racefix"),
    /** A timer completed it. */
    WATCHDOG("watchdog");

    private final String logName;

    Via(String logName) {
        this.logName = logName;
    }

    public String logName() {
        return logName;
    }
}
