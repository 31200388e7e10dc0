package io.ringdown.bridge.hangup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ringdown.bridge.hangup.HangupOutcome.Result;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What one request brought back.
 *
 * @param status 0: no answer
 * @param twilioCode 0: none in the body, or no readable body
 * @param failure why there is no answer, in words for the log; empty when there is one
 */
record Answer(int status, int twilioCode, String failure) {
    /** Before anything was sent. */
    static final Answer NONE = new Answer(0, 0, "");

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CALL_NOT_IN_PROGRESS = 21220;
    private static final JsonFactory JSON = new JsonFactory();

    static Answer read(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), code(response.body()), "");
    }

    static Answer none(Throwable failure) {
        return new Answer(NONE.status, NONE.twilioCode, failure.toString());
    }

    /** What this means for the hangup; empty when another try may mend it. */
    Optional<Result> settles() {
        if (status >= 200 && status < 300) {
            return Optional.of(Result.COMPLETED);
        }
        if (status == NOT_FOUND || status == BAD_REQUEST && twilioCode == CALL_NOT_IN_PROGRESS) {
            return Optional.of(Result.ALREADY_OVER);
        }
        boolean mayPass = status == NONE.status || saysTooMany() || status >= 500;
        return mayPass ? Optional.empty() : Optional.of(Result.REFUSED);
    }

    boolean saysTooMany() {
        return status == TOO_MANY_REQUESTS;
    }

    /** Gateways answer with HTML, with half a document or with nothing; all of these have no code. */
    private static int code(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("code")) {
                    return json.getValueAsInt();
                }
                json.skipChildren();
            }
            return 0;
        } catch (IOException notJson) {
            return 0;
        }
    }
}
