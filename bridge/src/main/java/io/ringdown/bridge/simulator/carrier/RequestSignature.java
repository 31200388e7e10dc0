package io.ringdown.bridge.simulator.carrier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** X-Twilio-Signature: base64 of HMAC-SHA1 over the public URL, then every parameter's name and value in name order. */
final class RequestSignature {
    static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";

    private RequestSignature() {}

    /** The signature of a WebSocket upgrade or a GET: the URL alone. */
    static String of(String authToken, String publicUrl) {
        return of(authToken, publicUrl, Map.of());
    }

    static String of(String authToken, String publicUrl, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(publicUrl);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        byte[] digest = mac(authToken).doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    private static Mac mac(String authToken) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + ALGORITHM + " in this JDK", e);
        }
    }
}
