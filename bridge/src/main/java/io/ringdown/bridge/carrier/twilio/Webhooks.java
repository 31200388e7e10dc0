package io.ringdown.bridge.carrier.twilio;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.NO_CONTENT;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.admission.CallRegistry;
import io.ringdown.bridge.net.HttpReply;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.lane.CallAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The carrier's webhooks: a call arrives, and a call's status changed. Stateless but for what it is given; any lane.
 *
 * @param streamUrl what the TwiML tells the carrier
 * @param reception who knows who answers
 */
public record Webhooks(
        Authentication authentication,
        StreamUrl streamUrl,
        Admission admission,
        Reception reception,
        CallRegistry registry) {
    private static final String XML = "text/xml; charset=utf-8";
    private static final String AGENT = "agent";
    private static final int MAX_SID_CHARS = 64;

    /** The carrier allows 500 characters for name and value together. */
    private static final int MAX_VALUE_CHARS = 400;

    private static final Set<String> TERMINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** Chooses who answers a call. Any lane. */
    @FunctionalInterface
    public interface Reception {
        /**
         * The name of the agent who will answer.
         *
         * @param asked the agent that the webhook's URL asks for, or null
         * @param called the number that was called
         * @return empty when there is nobody to answer: no such agent, or one with all the calls it may have
         */
        Optional<String> agentFor(String asked, String called, String callSid);
    }

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
        if (admission.answer() != null) {
            return HttpReply.of(OK, XML, TwiMl.reject());
        }
        String called = form.first("To").orElse("");
        String asked;
        try {
            asked = asked(request);
        } catch (IllegalArgumentException e) {
            return HttpReply.text(BAD_REQUEST, "query: " + e.getMessage());
        }
        Optional<String> agent = reception.agentFor(asked, called, callSid);
        if (agent.isEmpty()) {
            return HttpReply.of(OK, XML, TwiMl.reject());
        }
        Map<String, String> parameters = new LinkedHashMap<>(authentication.streamParameters(callSid));
        parameters.put(AGENT, agent.get());
        parameters.put("caller", shortened(form.first("From").orElse("")));
        parameters.put("called", shortened(called));
        return streamUrl
                .answering(request)
                .map(url -> HttpReply.of(OK, XML, TwiMl.connect(url, parameters)))
                .orElseGet(() -> HttpReply.text(BAD_REQUEST, "no usable Host"));
    }

    /** The carrier signs the URL, so that who is asked for there cannot be changed on the way. */
    private static String asked(FullHttpRequest request) {
        String query = new QueryStringDecoder(request.uri()).rawQuery();
        return FormParameters.parse(query).first(AGENT).orElse(null);
    }

    private static String shortened(String value) {
        return value.length() <= MAX_VALUE_CHARS ? value : value.substring(0, MAX_VALUE_CHARS);
    }

    private HttpReply noted(FullHttpRequest request, FormParameters form) {
        CallAddress call = registry.find(form.first("CallSid").orElse(""));
        boolean over = TERMINAL.contains(form.first("CallStatus").orElse(""))
                || form.first("StreamEvent").orElse("").equals("stream-error");
        if (call != null && over && !call.tell(event -> event.happened(EventType.CARRIER_LOST))) {
            return HttpReply.text(SERVICE_UNAVAILABLE, "the call's lane is behind: ask again");
        }
        return HttpReply.of(NO_CONTENT, "text/plain", "");
    }
}
