package io.ringdown.bridge.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/** The few forms in which a call's document writes amounts, {@code null} where there is none; and what reads it. */
final class Json {
    static final ObjectReader READER = new ObjectMapper().reader();

    private static final int MAX_ID_CHARS = 128;

    private Json() {}

    /** Time since the call's opening, or a duration, in ms to a tenth. */
    static void ms(JsonGenerator json, String name, long ns) throws IOException {
        if (ns < 0) {
            json.writeNullField(name);
        } else {
            number(json, name, BigDecimal.valueOf(Math.round(ns / 1e5), 1));
        }
    }

    /** The length of so much μ-law audio, in ms. */
    static void audioMs(JsonGenerator json, String name, long bytes) throws IOException {
        number(json, name, BigDecimal.valueOf(bytes * 125, 3));
    }

    private static void number(JsonGenerator json, String name, BigDecimal number) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(number.stripTrailingZeros().toPlainString());
    }

    /** A name that a peer gave: not longer than any honest one. */
    static void id(JsonGenerator json, String name, String id) throws IOException {
        json.writeStringField(name, id == null ? null : id.substring(0, Math.min(id.length(), MAX_ID_CHARS)));
    }

    /** A constant, as logs and metrics call it. */
    static void constant(JsonGenerator json, String name, Enum<?> constant) throws IOException {
        json.writeStringField(name, constant == null ? null : constant.name().toLowerCase(Locale.ROOT));
    }
}
