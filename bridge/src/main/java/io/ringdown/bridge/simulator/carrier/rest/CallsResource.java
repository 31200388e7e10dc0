package io.ringdown.bridge.simulator.carrier.rest;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Completion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what one request gets: refused for its form or its credentials, else by the script, else by the call. */
final class CallsResource {
    private static final Pattern PATH = Pattern.compile("/2010-04-01/Accounts/([^/]+)/Calls/([^/]+)\\.json");

    private final Account account;
    private final Function<String, Completion> completer;
    private final RestScript script;

    CallsResource(Account account, Function<String, Completion> completer, RestScript script) {
        this.account = account;
        this.completer = completer;
        this.script = script;
    }

    /** The call's sid and the answer, its status and code settled; {@code NATURAL} means that it was carried out. */
    record Verdict(String callSid, RestAnswer answer) {}

    /** Empty when the path names none. */
    static String callSid(FullHttpRequest request) {
        Matcher path = PATH.matcher(request.uri());
        return path.matches() ? path.group(2) : "";
    }

    Verdict judge(FullHttpRequest request) {
        String callSid = callSid(request);
        if (!authorized(request)) {
            return new Verdict(callSid, RestAnswer.error(401, 20003));
        }
        if (callSid.isEmpty() || !request.uri().startsWith("/2010-04-01/Accounts/" + account.sid() + "/")) {
            return new Verdict(callSid, RestAnswer.notFound());
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new Verdict(callSid, RestAnswer.error(405, 20004));
        }
        if (!asksToComplete(request)) {
            return new Verdict(callSid, RestAnswer.error(400, 20001));
        }
        RestAnswer answer = script.next(callSid);
        return new Verdict(callSid, answer.kind() == RestAnswer.Kind.NATURAL ? natural(callSid, answer) : answer);
    }

    private RestAnswer natural(String callSid, RestAnswer answer) {
        return switch (completer.apply(callSid)) {
            case COMPLETED -> new RestAnswer(RestAnswer.Kind.NATURAL, 200, 0, answer.delayMs());
            case NOT_IN_PROGRESS -> RestAnswer.notInProgress().after(answer.delayMs());
            case UNKNOWN -> RestAnswer.notFound().after(answer.delayMs());
        };
    }

    private boolean authorized(FullHttpRequest request) {
        if (!account.signs()) {
            return true;
        }
        byte[] credentials = (account.sid() + ":" + account.authToken()).getBytes(StandardCharsets.UTF_8);
        String expected = "Basic " + Base64.getEncoder().encodeToString(credentials);
        return expected.equals(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    }

    private static boolean asksToComplete(FullHttpRequest request) {
        String form = request.content().toString(StandardCharsets.UTF_8);
        List<String> status = new QueryStringDecoder(form, false).parameters().getOrDefault("Status", List.of());
        return status.equals(List.of("completed"));
    }
}
