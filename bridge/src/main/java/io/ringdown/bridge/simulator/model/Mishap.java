package io.ringdown.bridge.simulator.model;

/** What may go wrong in the middle of a reply. */
public sealed interface Mishap {

    /** Nothing is sent for a while. */
    record Pause(int ms) implements Mishap {}

    /** An {@code error} event; the reply goes on, as most errors leave a session unharmed. {@code code} may be null. */
    record Fault(String type, String code, String message) implements Mishap {}

    /** The server closes the socket with this code and reason. */
    record Close(int code, String reason) implements Mishap {}

    /** The connection is reset without a word. */
    record Vanish() implements Mishap {}

    static Mishap pause(int ms) {
        return new Pause(ms);
    }

    /** Such as {@code session_expired}, {@code insufficient_quota}: an {@code invalid_request_error} of that code. */
    static Fault error(String code) {
        return new Fault("invalid_request_error", code, "Simulated: " + code + ".");
    }

    /** An error of type {@code server_error}, without a code. */
    static Fault serverError() {
        return new Fault("server_error", null, "The server had an error while processing your request.");
    }

    static Mishap close(int code) {
        return new Close(code, "simulated");
    }

    static Mishap vanish() {
        return new Vanish();
    }
}
