package io.ringdown.bridge.carrier.twilio;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an {@code application/x-www-form-urlencoded} body, decoded and in the order sent. Only {@code &}
 * separates; {@code ;} and {@code #} are ordinary characters. Immutable; any thread.
 */
public final class FormParameters {
    /** Several times what Twilio is known to send. */
    static final int MAX_PARAMETERS = 256;

    private final List<Map.Entry<String, String>> entries;

    private FormParameters(List<Map.Entry<String, String>> entries) {
        this.entries = entries;
    }

    /**
     * Throws IllegalArgumentException, quoting nothing of the body, when it has more than 256 parameters or an escape
     * that is not two hexadecimal digits.
     */
    public static FormParameters parse(String body) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        int start = 0;
        while (start < body.length()) {
            int ampersand = body.indexOf('&', start);
            int end = ampersand < 0 ? body.length() : ampersand;
            if (end > start) {
                requireRoom(entries);
                entries.add(parameter(body.substring(start, end), entries.size()));
            }
            start = end + 1;
        }
        return new FormParameters(List.copyOf(entries));
    }

    /** All of them, repeated names included. */
    public List<Map.Entry<String, String>> entries() {
        return entries;
    }

    /** The value that came first under this name, possibly empty. */
    public Optional<String> first(String name) {
        return entries.stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void requireRoom(List<Map.Entry<String, String>> entries) {
        if (entries.size() == MAX_PARAMETERS) {
            throw new IllegalArgumentException("form of more than " + MAX_PARAMETERS + " parameters");
        }
    }

    private static Map.Entry<String, String> parameter(String piece, int index) {
        int equals = piece.indexOf('=');
        String name = equals < 0 ? piece : piece.substring(0, equals);
        String value = equals < 0 ? "" : piece.substring(equals + 1);
        try {
            return Map.entry(QueryStringDecoder.decodeComponent(name), QueryStringDecoder.decodeComponent(value));
        } catch (IllegalArgumentException quotesTheValue) {
            throw new IllegalArgumentException("malformed escape in form parameter " + index);
        }
    }
}
