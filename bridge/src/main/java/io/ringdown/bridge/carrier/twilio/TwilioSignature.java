package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a request was signed by Twilio: the {@code X-Twilio-Signature} header is the Base64 of an HMAC-SHA1,
 * keyed by the auth token, of the public URL and the form's parameters. For a given URL it never changes, so it
 * proves who speaks and not which call; {@link StreamTokens} does that. The {@code bodySHA256} form, for JSON bodies, is
 * left out: no endpoint of ours takes JSON. Immutable; any thread.
 */
public final class TwilioSignature {
    private static final String ALGORITHM = "HmacSHA1";
    private static final List<Map.Entry<String, String>> NO_PARAMETERS = List.of();

    private final List<SecretKeySpec> keys;
    private final PublicUrl publicUrl;

    /**
     * @param authTokens any of them may have signed, so that the account's tokens can be rotated; at least one, none empty
     * @param publicUrl the base that stands before the path of every request, see {@link PublicUrl}
     * @throws IllegalArgumentException when there is no token, an empty one, or no host
     */
    public TwilioSignature(List<String> authTokens, URI publicUrl) {
        if (authTokens.isEmpty()) {
            throw new IllegalArgumentException("no auth token to check signatures with");
        }
        this.keys = authTokens.stream()
                .map(token -> new SecretKeySpec(token.getBytes(UTF_8), ALGORITHM))
                .toList();
        this.publicUrl = new PublicUrl(publicUrl);
    }

    /**
     * Whether Twilio signed this webhook.
     *
     * @param rawPathAndQuery the request's target as received, never decoded and encoded again
     * @param formParameters decoded, in any order, repeated names included; empty for a GET
     * @param signatureHeader null when the request had none
     */
    public boolean webhook(
            String rawPathAndQuery, List<Map.Entry<String, String>> formParameters, String signatureHeader) {
        return signed("https", rawPathAndQuery, formParameters, signatureHeader);
    }

    /** Whether Twilio signed this WebSocket upgrade; parameters as in {@link #webhook}. */
    public boolean upgrade(String rawPathAndQuery, String signatureHeader) {
        return signed("wss", rawPathAndQuery, NO_PARAMETERS, signatureHeader);
    }

    private boolean signed(
            String scheme,
            String rawPathAndQuery,
            List<Map.Entry<String, String>> formParameters,
            String signatureHeader) {
        if (signatureHeader == null || !rawPathAndQuery.startsWith("/")) {
            return false;
        }
        byte[] claimed = signatureHeader.getBytes(UTF_8);
        String tail = signedForm(formParameters);
        boolean matches = false;
        for (String url : publicUrl.spellings(scheme, rawPathAndQuery)) {
            for (SecretKeySpec key : keys) {
                // no early return: the time taken must not tell which one matched
                matches |= MessageDigest.isEqual(signature(key, url + tail), claimed);
            }
        }
        return matches;
    }

    /** Names in the order of their UTF-16 code units; a repeated name once for each distinct value, those in order too. */
    private static String signedForm(List<Map.Entry<String, String>> formParameters) {
        SortedMap<String, SortedSet<String>> valuesByName = new TreeMap<>();
        for (Map.Entry<String, String> parameter : formParameters) {
            valuesByName
                    .computeIfAbsent(parameter.getKey(), name -> new TreeSet<>())
                    .add(parameter.getValue());
        }
        StringBuilder form = new StringBuilder();
        valuesByName.forEach(
                (name, values) -> values.forEach(value -> form.append(name).append(value)));
        return form.toString();
    }

    private static byte[] signature(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(UTF_8)))
                    .getBytes(US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
