package io.ringdown.bridge.simulator.carrier.rest;

/**
 * How one request is answered. Only {@link #natural()} completes the call; {@code delayMs} holds the answer back, not what
 * it says: a client that gives up waiting finds its call completed.
 *
 * @param errorCode the carrier's own code in the error body; 0 for a body that is not JSON, as gateways send
 */
public record RestAnswer(Kind kind, int status, int errorCode, long delayMs) {
    enum Kind {
        NATURAL,
        ERROR,
        SILENT,
        DROPPED
    }

    /** 200 and the call ends; 400/21220 when it had ended, 404/20404 when there is none. */
    public static RestAnswer natural() {
        return new RestAnswer(Kind.NATURAL, 0, 0, 0);
    }

    public static RestAnswer notFound() {
        return error(404, 20404);
    }

    public static RestAnswer notInProgress() {
        return error(400, 21220);
    }

    public static RestAnswer tooManyRequests() {
        return error(429, 20429);
    }

    /** A gateway's 5xx, without a JSON body. */
    public static RestAnswer unavailable() {
        return error(503, 0);
    }

    public static RestAnswer error(int status, int errorCode) {
        return new RestAnswer(Kind.ERROR, status, errorCode, 0);
    }

    /** Never answered, never carried out. */
    public static RestAnswer silent() {
        return new RestAnswer(Kind.SILENT, 0, 0, 0);
    }

    /** The connection is closed instead of an answer. */
    public static RestAnswer dropped() {
        return new RestAnswer(Kind.DROPPED, 0, 0, 0);
    }

    public RestAnswer after(long chosenDelayMs) {
        return new RestAnswer(kind, status, errorCode, chosenDelayMs);
    }
}
