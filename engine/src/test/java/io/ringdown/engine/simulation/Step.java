package io.ringdown.engine.simulation;

/**
 * One thing that a script lets happen.
 *
 * @param atMs when, since the call was connected
 * @param response which of the model's utterances it concerns, if any
 * @param amount bytes, milliseconds, a count or a choice, as the act says
 */
record Step(int atMs, Act act, int response, int amount) {
    /** What can happen. An amount is named where it is not plain. */
    enum Act {
        // the model
        CREATED,
        /** Bytes, all of the first item. */
        AUDIO,
        /** Bytes, all of the second item. */
        AUDIO_OF_SECOND_ITEM,
        AUDIO_DONE,
        AUDIO_OF_SECOND_ITEM_DONE,
        SAYS_NOTHING_SPECIAL,
        SAYS_GOODBYE,
        SECOND_ITEM_SAYS_GOODBYE,
        TAKES_GOODBYE_BACK,
        CALLS_END_CALL,
        CALLS_OTHER_TOOL,
        /** Ordinal of the status. */
        DONE,
        /** Bytes, although its response is over. */
        LATE_AUDIO,
        LATE_AUDIO_DONE,
        LATE_GOODBYE,
        LATE_DONE,
        COLLIDES,
        /** Requests that will come to nothing. */
        IGNORES_REQUESTS,
        /** How long a cancel takes to end a response, in ms. */
        CANCELS_SLOWLY,
        IS_LOST,
        QUOTA_SPENT,
        SESSION_REFUSED,
        /** Its session is never as asked for. */
        NEVER_CONFIRMS,
        /** Its socket takes no more caller audio. */
        MODEL_STALLS,
        MODEL_FLOWS,

        // the caller
        SPEAKS,
        STOPS_SPEAKING,
        /** Index of {@link Lines#CALLER}. */
        TRANSCRIBED,
        /** 20 ms of the caller's line. */
        CALLER_AUDIO,
        DIGIT,

        // the carrier
        /** Echoes that will be lost. */
        LOSES_ECHOES,
        /** ms on the way, from now on. */
        DELAYS_ECHOES,
        REPEATS_AN_ECHO,
        ECHOES_NONSENSE,
        STALLS,
        FLOWS,
        STOPS,
        DISCONNECTS,
        ABUSES,
        HIDES_ITS_CLOSE,

        // the carrier's API
        /** Offers that find no room. */
        REFUSES_OFFERS,
        /** ms until the answer. */
        ANSWERS_SLOWLY,
        FAILS_FOR_GOOD,
        NEVER_ANSWERS,
        CONFIRMS_WITHOUT_STOP,

        // others
        OPERATOR,
        OPERATOR_POLITELY,
        SHUTDOWN,
        SHUTDOWN_POLITELY,
        STREAM_REPLACED,
        /** ms for which the lane has no turn, whatever comes in. */
        LANE_IS_LATE,
    }

    @Override
    public String toString() {
        return "+" + atMs + " ms " + act + (response < 0 ? "" : " r" + response) + (amount == 0 ? "" : " " + amount);
    }
}
