package io.ringdown.bridge.carrier.twilio;

import io.netty.handler.codec.http.FullHttpRequest;
import io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a request, and the call it names, are the carrier's. With validation off everything is, except a stream of
 * another account. Any thread.
 *
 * @param signature empty: signatures are not checked
 * @param tokens empty: streams are not bound to webhooks
 * @param accountSid empty: any account
 */
public record Authentication(
        Optional<TwilioSignature> signature, Optional<StreamTokens> tokens, Optional<String> accountSid) {
    private static final String HEADER = "X-Twilio-Signature";

    boolean isWebhook(FullHttpRequest request, FormParameters form) {
        return signature.isEmpty()
                || signature
                        .get()
                        .webhook(
                                request.uri(), form.entries(), request.headers().get(HEADER));
    }

    boolean isUpgrade(FullHttpRequest request) {
        return signature.isEmpty()
                || signature.get().upgrade(request.uri(), request.headers().get(HEADER));
    }

    boolean isAccount(String sid) {
        return accountSid.isEmpty() || accountSid.get().equals(sid);
    }

    /** What the stream of {@code callSid} will have to show. */
    Map<String, String> streamParameters(String callSid) {
        return tokens.map(some -> Map.of(StreamTokens.PARAMETER, some.mint(callSid, System.currentTimeMillis())))
                .orElse(Map.of());
    }

    /** Why a stream is not let in, or null if it is. A token is spent by asking (S58). */
    public String refusal(StreamStart start) {
        if (!isAccount(start.accountSid())) {
            return "another account";
        }
        if (tokens.isEmpty()) {
            return null;
        }
        String token = start.parameters().getOrDefault(StreamTokens.PARAMETER, "");
        Redemption redemption = tokens.get().redeem(token, start.callSid(), System.currentTimeMillis());
        return redemption == Redemption.ACCEPTED
                ? null
                : "stream token " + redemption.name().toLowerCase(Locale.ROOT);
    }
}
