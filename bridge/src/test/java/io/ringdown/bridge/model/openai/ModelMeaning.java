package io.ringdown.bridge.model.openai;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What audio a message of the model carries, by Jackson's tree and nothing of ours. Jackson would let the last of two equal
 * names win; here, as everywhere in the bridge, such a message means nothing.
 */
final class ModelMeaning {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern TYPE = Pattern.compile("response\\.(output_)?audio\\.delta");
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    private static final int NONE = -1;
    private static final int MAX_DEPTH = 64;

    static {
        JACKSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    private ModelMeaning() {}

    static String of(byte[] document) {
        JsonNode message = tree(document);
        String responseId = text(message, "response_id", ID);
        String itemId = text(message, "item_id", ID);
        String delta = text(message, "delta", BASE64);
        int contentIndex = contentIndex(message.path("content_index"));
        if (text(message, "type", TYPE) == null || responseId == null || itemId == null || delta == null) {
            return "";
        }
        return contentIndex == NONE ? "" : audio(responseId + " " + itemId + "/" + contentIndex, delta);
    }

    private static JsonNode tree(byte[] document) {
        try {
            return JACKSON.readTree(document);
        } catch (IOException notJson) {
            return JACKSON.missingNode();
        }
    }

    private static String text(JsonNode message, String name, Pattern pattern) {
        String text = message.path(name).textValue();
        return text != null && pattern.matcher(text).matches() ? text : null;
    }

    /** Anything but a whole number counts as missing, and a number beyond reason makes the message malformed. */
    private static int contentIndex(JsonNode index) {
        if (!index.isIntegralNumber()) {
            return 0;
        }
        return index.canConvertToInt() ? Math.max(0, index.intValue()) : NONE;
    }

    private static String audio(String where, String delta) {
        try {
            byte[] audio = Base64.getDecoder().decode(delta);
            return "audio " + where + " " + audio.length + " "
                    + Base64.getEncoder().encodeToString(audio);
        } catch (IllegalArgumentException wrongLength) {
            return "";
        }
    }
}
