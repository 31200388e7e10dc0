package io.ringdown.bridge.hangup;

/**
 * What came of hanging up one call. Immutable.
 *
 * @param attempts requests sent; 0 when there was no room to try
 * @param lastStatus HTTP status of the last one; 0 when it had no answer
 * @param twilioCode Twilio's own error code in that answer; 0 when it had none
 */
public record HangupOutcome(Result result, int attempts, int lastStatus, int twilioCode) {
    /** Whether the call is over, as far as the carrier says. */
    public enum Result {
        /** The carrier took the hangup. */
        COMPLETED,
        /** The carrier knows no such call, or none in progress. */
        ALREADY_OVER,
        /** The carrier will not do it, however often it is asked: bad credentials or a bad request. The call may live. */
        REFUSED,
        /** No try was answered usefully, or there was no room to try. The call may live. */
        GAVE_UP
    }
}
