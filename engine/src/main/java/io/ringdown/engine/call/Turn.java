package io.ringdown.engine.call;

/** Whose voice is heard. */
public enum Turn {
    /** Nothing is generated and nothing sounds: the silence clock may run. */
    LISTENING,
    /** The model generates; the caller may already hear it. */
    RESPONDING,
    /** Generation is over, and the caller still hears it: usually for seconds. */
    PLAYING_OUT,
    /** The caller spoke over a response that the model has not ended yet; what still comes of it is dropped. */
    YIELDING;

    /** What passes the turn on. */
    enum Cue {
        RESPONSE_CREATED,
        RESPONSE_DONE,
        /** A recording of ours, or a late delta of a response that is done. */
        AUDIO_QUEUED,
        BARGE_IN,
        PLAYED_OUT
    }

    // spotless:off
    private static final Turn[][] NEXT = {
        //                RESPONSE_CREATED  RESPONSE_DONE  AUDIO_QUEUED  BARGE_IN   PLAYED_OUT
        /* LISTENING   */ {RESPONDING,       LISTENING,     PLAYING_OUT,  LISTENING, LISTENING},
        /* RESPONDING  */ {RESPONDING,       PLAYING_OUT,   RESPONDING,   YIELDING,  RESPONDING},
        /* PLAYING_OUT */ {RESPONDING,       PLAYING_OUT,   PLAYING_OUT,  LISTENING, LISTENING},
        /* YIELDING    */ {RESPONDING,       LISTENING,     YIELDING,     YIELDING,  YIELDING},
    };
    // spotless:on

    Turn after(Cue cue) {
        return NEXT[ordinal()][cue.ordinal()];
    }
}
