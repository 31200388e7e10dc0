package io.ringdown.bridge.simulator.carrier;

/**
 * How a call ended. {@code code} is the HTTP status of a refusal, else the close code that the server sent, else 0;
 * {@code detail} is for people.
 */
public record CallEnding(Cause cause, int code, String detail) {
    /** Whoever ended the call first. */
    public enum Cause {
        /** The TwiML said {@code <Reject>}. */
        REJECTED,
        /** The webhook was not reached, or answered something else than TwiML that opens a stream. */
        WEBHOOK_FAILED,
        /** The stream's socket could not be opened. */
        CONNECT_FAILED,
        /** The upgrade was answered by something else than a proper 101. */
        UPGRADE_REFUSED,
        COMPLETED_BY_REST,
        CALLER_HUNG_UP,
        /** The server sent a close frame. */
        SERVER_CLOSED,
        /** The socket ended without a close frame. */
        CONNECTION_LOST,
        /** The plan cut the connection. */
        VANISHED,
        /** The carrier itself was closed. */
        CARRIER_CLOSED
    }
}
