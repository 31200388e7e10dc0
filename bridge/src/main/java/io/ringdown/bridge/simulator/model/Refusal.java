package io.ringdown.bridge.simulator.model;

/** A client event that is answered with an {@code error} and changes nothing. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String param;

    /** {@code code} and {@code param} may be null, as on the wire. */
    Refusal(String code, String message, String param) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    static Refusal missing(String param) {
        return new Refusal("missing_required_parameter", "Missing required parameter: '" + param + "'.", param);
    }

    static Refusal unknown(String param) {
        return new Refusal("unknown_parameter", "Unknown parameter: '" + param + "'.", param);
    }

    static Refusal wrongType(String param, String expected) {
        return new Refusal("invalid_type", "Invalid type for '" + param + "': expected " + expected + ".", param);
    }

    static Refusal invalid(String param, String why) {
        return new Refusal("invalid_value", "Invalid '" + param + "': " + why + ".", param);
    }

    String code() {
        return code;
    }

    String param() {
        return param;
    }
}
