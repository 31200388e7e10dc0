package io.ringdown.bridge.carrier.twilio;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.NO_CONTENT;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.handler.codec.http.FullHttpRequest;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The carrier's webhooks: a call arrives, and a call's status changed. Stateless but for what it is given; any lane.
 *
 * @param streamUrl what the TwiML tells the carrier
 */
public record Webhooks(Authentication authentication, StreamUrl streamUrl, Admission admission, CallRegistry registry) {
    private static final String XML = "text/xml; charset=utf-8";
    private static final int MAX_SID_CHARS = 64;

    /** The carrier allows 500 characters for name and value together. */
    private static final int MAX_VALUE_CHARS = 400;

    private static final Set<String> TERMINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** A call arrives: TwiML that connects it to a stream, or turns it away. */
    HttpReply voice(FullHttpRequest request) {
        return authenticated(request, this::connect);
    }

    /** A call's status changed: its end is news when the stream broke without a {@code stop}. */
    HttpReply status(FullHttpRequest request) {
        return authenticated(request, this::noted);
    }

    private interface Answer {
        HttpReply to(FullHttpRequest request, FormParameters form);
    }

    private HttpReply authenticated(FullHttpRequest request, Answer answer) {
        FormParameters form;
        try {
            form = FormParameters.parse(request.content().toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return HttpReply.text(BAD_REQUEST, e.getMessage());
        }
        if (!authentication.isWebhook(request, form)) {
            Unsigned.refused("webhook");
            return HttpReply.text(FORBIDDEN, "not signed by the carrier for this URL");
        }
        if (!authentication.isAccount(form.first("AccountSid").orElse(null))) {
            return HttpReply.text(FORBIDDEN, "another account");
        }
        return answer.to(request, form);
    }

    private HttpReply connect(FullHttpRequest request, FormParameters form) {
        String callSid = form.first("CallSid").orElse("");
        if (callSid.isBlank() || callSid.length() > MAX_SID_CHARS) {
            return HttpReply.text(BAD_REQUEST, "no CallSid");
        }
        if (admission.isClosed()) {
            admission.countRefusal();
            return HttpReply.of(OK, XML, TwiMl.reject());
        }
        Map<String, String> parameters = new LinkedHashMap<>(authentication.streamParameters(callSid));
        parameters.put("caller", shortened(form.first("From").orElse("")));
        parameters.put("called", shortened(form.first("To").orElse("")));
        return streamUrl
                .answering(request)
                .map(url -> HttpReply.of(OK, XML, TwiMl.connect(url, parameters)))
                .orElseGet(() -> HttpReply.text(BAD_REQUEST, "no usable Host"));
    }

    private static String shortened(String value) {
        return value.length() <= MAX_VALUE_CHARS ? value : value.substring(0, MAX_VALUE_CHARS);
    }

    private HttpReply noted(FullHttpRequest request, FormParameters form) {
        CallAddress call = registry.find(form.first("CallSid").orElse(""));
        boolean over = TERMINAL.contains(form.first("CallStatus").orElse(""))
                || form.first("StreamEvent").orElse("").equals("stream-error");
        if (call != null && over) {
            call.tell(event -> event.happened(EventType.CARRIER_LOST));
        }
        return HttpReply.of(NO_CONTENT, "text/plain", "");
    }
}
