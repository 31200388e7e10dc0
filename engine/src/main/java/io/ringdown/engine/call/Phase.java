package io.ringdown.engine.call;

/** How far the life of a call has come. It only ever moves forward. */
public enum Phase {
    /** The carrier's socket is open; {@code start} has not come. */
    AWAITING_START,
    /** The model's socket is being opened. */
    CONNECTING,
    /** {@code session.update} is sent and not yet confirmed: no audio goes to the model, no response is asked for. */
    CONFIGURING,
    /** Both legs carry speech. */
    TALKING,
    /** The hangup is claimed; the carrier has yet to confirm. */
    ENDING,
    /** Over on both sides. */
    CLOSED;

    /** What moves a call on. */
    enum Step {
        STARTED,
        MODEL_CONNECTED,
        SESSION_CONFIRMED,
        HANGUP_CLAIMED,
        CARRIER_GONE
    }

    // spotless:off
    private static final Phase[][] NEXT = {
        //                   STARTED         MODEL_CONNECTED  SESSION_CONFIRMED  HANGUP_CLAIMED  CARRIER_GONE
        /* AWAITING_START */ {CONNECTING,     AWAITING_START,  AWAITING_START,    ENDING,         CLOSED},
        /* CONNECTING     */ {CONNECTING,     CONFIGURING,     CONNECTING,        ENDING,         CLOSED},
        /* CONFIGURING    */ {CONFIGURING,    CONFIGURING,     TALKING,           ENDING,         CLOSED},
        /* TALKING        */ {TALKING,        TALKING,         TALKING,           ENDING,         CLOSED},
        /* ENDING         */ {ENDING,         ENDING,          ENDING,            ENDING,         CLOSED},
        /* CLOSED         */ {CLOSED,         CLOSED,          CLOSED,            CLOSED,         CLOSED},
    };
    // spotless:on

    Phase after(Step step) {
        return NEXT[ordinal()][step.ordinal()];
    }
}
