package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message of a started stream means, by Jackson's tree and nothing of ours. Jackson would let the last of two equal
 * names win; here, as everywhere in the bridge, such a message means nothing.
 */
final class CarrierMeaning {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    private static final Pattern MARK = Pattern.compile("g(0|[1-9][0-9]{0,9})\\.m([1-9][0-9]{0,9})");
    private static final int MAX_BYTES = 8_000;
    private static final int MAX_DEPTH = 16;

    static {
        JACKSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    private long expectedMs;
    private boolean stopped;

    String of(byte[] document) {
        JsonNode message = tree(document);
        boolean ours = SpokenTwilio.SID1.equals(message.path("streamSid").textValue());
        if (stopped || !ours) {
            return "";
        }
        return switch (message.path("event").asText("")) {
            case "media" -> media(message.path("media"));
            case "mark" -> mark(message.path("mark").path("name").textValue());
            case "stop" -> stop();
            default -> "";
        };
    }

    private static JsonNode tree(byte[] document) {
        try {
            return JACKSON.readTree(new String(document, UTF_8));
        } catch (JsonProcessingException notJson) {
            return JACKSON.missingNode();
        }
    }

    private String media(JsonNode media) {
        JsonNode track = media.path("track");
        boolean callers = track.isMissingNode() || "inbound".equals(track.textValue());
        long timestampMs = timestampMs(media.path("timestamp"));
        byte[] audio = audio(media.path("payload").textValue());
        if (!callers || timestampMs < 0 || audio.length == 0 || audio.length > MAX_BYTES) {
            return "";
        }
        expectedMs = timestampMs + audio.length / 8;
        return "media " + Base64.getEncoder().encodeToString(audio) + " at " + timestampMs;
    }

    private long timestampMs(JsonNode timestamp) {
        if (timestamp.isMissingNode()) {
            return expectedMs;
        }
        boolean scalar = timestamp.isTextual() || timestamp.isIntegralNumber();
        return scalar && timestamp.asText().matches("[0-9]{1,18}") ? Long.parseLong(timestamp.asText()) : -1;
    }

    private static byte[] audio(String payload) {
        if (payload == null || !BASE64.matcher(payload).matches()) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException wrongLength) {
            return new byte[0];
        }
    }

    private static String mark(String name) {
        Matcher mark = MARK.matcher(name == null ? "" : name);
        boolean ours = mark.matches()
                && Long.parseLong(mark.group(1)) <= Integer.MAX_VALUE
                && Long.parseLong(mark.group(2)) <= Integer.MAX_VALUE;
        return ours ? "mark " + mark.group(1) + " " + mark.group(2) : "";
    }

    private String stop() {
        stopped = true;
        return "stopped";
    }
}
