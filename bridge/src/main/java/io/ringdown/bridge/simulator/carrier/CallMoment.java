package io.ringdown.bridge.simulator.carrier;

/**
 * One line of a call's timeline, at a {@link System#nanoTime()}. {@code bytes} is the μ-law length of a media message, else
 * 0; {@code detail} is a mark's name, an action or a cause.
 */
public record CallMoment(Kind kind, long atNs, int bytes, String detail) {
    public enum Kind {
        WEBHOOK_SENT,
        WEBHOOK_ANSWERED,
        CONNECTED,
        START_SENT,
        MEDIA_RECEIVED,
        MARK_RECEIVED,
        /** When the echo was written to the socket. */
        MARK_ECHOED,
        CLEAR_RECEIVED,
        ACTION,
        REST_COMPLETED,
        STOP_SENT,
        CLOSED
    }
}
