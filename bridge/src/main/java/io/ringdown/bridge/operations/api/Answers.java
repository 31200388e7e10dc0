package io.ringdown.bridge.operations.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringdown.bridge.net.HttpReply;
import java.util.Map;

/** Answers in JSON. */
public final class Answers {
    private static final String JSON = "application/json";

    private Answers() {}

    static HttpReply of(HttpResponseStatus status, Object value) {
        return HttpReply.of(status, JSON, Json.of(value));
    }

    /** One sentence under {@code error}. */
    public static HttpReply error(HttpResponseStatus status, String sentence) {
        return of(status, Map.of("error", sentence));
    }
}
