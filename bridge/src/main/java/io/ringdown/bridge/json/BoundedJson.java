package io.ringdown.bridge.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads any JSON object, however odd, for what {@link PlainJson} leaves aside. Allocates: not for ordinary messages. Any
 * thread.
 */
public final class BoundedJson {
    private static final int MAX_DEPTH = 16;

    // a peer's names are not worth remembering
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BoundedJson() {}

    /**
     * The first {@code length} bytes of {@code text} as an object, or null if they are anything else: no JSON, no object,
     * nested more than 16 deep, or with a name twice in one object, of which nobody knows which one counts.
     */
    public static JsonNode object(byte[] text, int length) {
        try {
            // of bytes Jackson would guess the charset, and take NUL bytes for UTF-16
            JsonNode node = MAPPER.readTree(new String(text, 0, length, UTF_8));
            return node.isObject() ? node : null;
        } catch (IOException refused) {
            return null;
        }
    }

    /** The text of a string or a number, or null of anything else. */
    public static String scalar(JsonNode node) {
        return node.isTextual() || node.isNumber() ? node.asText() : null;
    }
}
