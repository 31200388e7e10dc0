package io.ringdown.bridge.operations.api;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringdown.bridge.json.BoundedJson;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** What an operator sends with an action: a JSON object, and named so. A page of somebody else could send neither unasked. */
record ActionBody(JsonNode object) {
    /** In one sentence, why it is none. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient HttpResponseStatus status;

        Refused(HttpResponseStatus status, String sentence) {
            super(sentence);
            this.status = status;
        }

        HttpResponseStatus status() {
            return status;
        }
    }

    /**
     * Reads a body.
     *
     * @param members that it may have, each true or false
     */
    static ActionBody of(String contentType, byte[] bytes, List<String> members) throws Refused {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json")) {
            throw new Refused(UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json");
        }
        JsonNode object = BoundedJson.object(bytes, bytes.length);
        if (object == null) {
            throw new Refused(BAD_REQUEST, "the body must be a JSON object");
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!members.contains(name)) {
                throw new Refused(BAD_REQUEST, "unknown member in the body; known: " + members);
            }
            if (!object.get(name).isBoolean()) {
                throw new Refused(BAD_REQUEST, name + " must be true or false");
            }
        }
        return new ActionBody(object);
    }

    /** False when it is not there. */
    boolean flag(String name) {
        return object.path(name).asBoolean(false);
    }
}
