package io.ringdown.bridge.simulator.carrier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/** What a server may say, and nothing else: media, mark and clear, each with exactly its fields and our stream's id. */
sealed interface ServerMessage {
    record Media(byte[] muLaw) implements ServerMessage {}

    record Mark(String name) implements ServerMessage {}

    record Clear() implements ServerMessage {}

    /** Throws IOException with the reason when the message is anything but one of these. */
    static ServerMessage read(byte[] text, String streamSid) throws IOException {
        try (JsonParser json = Reader.JSON.createParser(text)) {
            return new Reader(json).message(streamSid);
        }
    }

    /** One message's fields as they come. */
    final class Reader {
        private static final JsonFactory JSON = new JsonFactory();

        private final JsonParser json;
        private String event;
        private String streamSid;
        private String payload;
        private String markName;

        private Reader(JsonParser json) {
            this.json = json;
        }

        private ServerMessage message(String expectedStreamSid) throws IOException {
            require(json.nextToken() == JsonToken.START_OBJECT, "not an object");
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                read(field);
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, "not one whole object");
            require(expectedStreamSid.equals(streamSid), "missing or foreign streamSid");
            return of(event);
        }

        private void read(String field) throws IOException {
            switch (field) {
                case "event" -> event = string(field, event);
                case "streamSid" -> streamSid = string(field, streamSid);
                case "media" -> payload = only(field, "payload", payload);
                case "mark" -> markName = only(field, "name", markName);
                default -> throw new IOException("extra field " + field);
            }
        }

        private ServerMessage of(String kind) throws IOException {
            require(kind != null, "missing event");
            require(payload == null || kind.equals("media"), "extra field media");
            require(markName == null || kind.equals("mark"), "extra field mark");
            return switch (kind) {
                case "media" -> new Media(muLaw());
                case "mark" -> new Mark(nonNull("mark.name", markName));
                case "clear" -> new Clear();
                default -> throw new IOException("unknown event " + kind);
            };
        }

        /** The JDK's decoder forgives missing padding; the carrier's forgiveness is not known. */
        private byte[] muLaw() throws IOException {
            String text = nonNull("media.payload", payload);
            require(!text.isEmpty(), "empty payload");
            require(text.length() % 4 == 0, "payload is not padded base64");
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new IOException("payload is not base64", e);
            }
        }

        private String only(String object, String field, String before) throws IOException {
            require(json.nextToken() == JsonToken.START_OBJECT, object + " is not an object");
            require(field.equals(json.nextFieldName()), "missing or extra field in " + object);
            String value = string(object + "." + field, before);
            require(json.nextToken() == JsonToken.END_OBJECT, "extra field in " + object);
            return value;
        }

        private String string(String field, String before) throws IOException {
            require(before == null, "twice " + field);
            require(json.nextToken() == JsonToken.VALUE_STRING, field + " is not a string");
            return json.getText();
        }

        private static String nonNull(String field, String value) throws IOException {
            require(value != null, "missing " + field);
            return value;
        }

        private static void require(boolean holds, String otherwise) throws IOException {
            if (!holds) {
                throw new IOException(otherwise);
            }
        }
    }
}
