package io.ringdown.bridge.carrier.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.json.BoundedJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a stream says of itself when it begins. The identifiers are letters, digits, {@code _} and {@code -}, at most 64 of
 * them, so they may stand in logs, URLs and messages as they are; parameters may hold anything.
 *
 * @param streamSid the carrier's name of the stream
 * @param callSid of the phone call
 * @param accountSid whose account the call belongs to
 * @param parameters what our TwiML gave the stream; immutable
 */
public record StreamStart(String streamSid, String callSid, String accountSid, Map<String, String> parameters) {
    private static final Pattern SID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    public StreamStart {
        parameters = Map.copyOf(parameters);
    }

    /** Reads the {@code start} member of a message; null if an identifier is missing or something has the wrong type. */
    static StreamStart read(JsonNode start) {
        String streamSid = sid(start.path("streamSid"));
        String callSid = sid(start.path("callSid"));
        String accountSid = sid(start.path("accountSid"));
        JsonNode parameters = start.path("customParameters");
        boolean complete = streamSid != null && callSid != null && accountSid != null;
        if (!complete || !parameters.isMissingNode() && !parameters.isObject()) {
            return null;
        }
        return new StreamStart(streamSid, callSid, accountSid, strings(parameters));
    }

    private static String sid(JsonNode node) {
        return node.isTextual() && SID.matcher(node.textValue()).matches() ? node.textValue() : null;
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> parameter : object.properties()) {
            String value = BoundedJson.scalar(parameter.getValue());
            if (value != null) {
                strings.put(parameter.getKey(), value);
            }
        }
        return strings;
    }

    /** Whether the stream carries the only audio we speak. One that does not say is taken at its word. */
    static boolean isTelephoneAudio(JsonNode start) {
        JsonNode format = start.path("mediaFormat");
        return format.isMissingNode()
                || "audio/x-mulaw".equals(format.path("encoding").textValue())
                        && "8000".equals(BoundedJson.scalar(format.path("sampleRate")))
                        && "1".equals(BoundedJson.scalar(format.path("channels")));
    }
}
