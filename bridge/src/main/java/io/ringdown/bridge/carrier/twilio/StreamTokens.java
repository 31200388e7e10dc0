package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one-time tokens that bind a stream to the call whose webhook we answered. A token is 64 characters: the time it was
 * minted, a nonce, and the HMAC-SHA256 of both and the callSid. The key is derived from the auth token, so what one
 * process mints any process of the account accepts; "once" is kept per process. Any thread; lock-free.
 */
public final class StreamTokens {
    /** The stream parameter that carries the token. */
    public static final String PARAMETER = "token";

    static final long LIFETIME_MS = 60_000;
    /** Twice the lifetime: a thread held up before it records, or a clock set back, lets no token in again. */
    private static final long REMEMBERED_MS = 2 * LIFETIME_MS;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CLAIMS_BYTES = Long.BYTES + Long.BYTES;
    private static final int TOKEN_BYTES = CLAIMS_BYTES + 32;
    private static final int TOKEN_CHARS = TOKEN_BYTES / 3 * 4;

    private final SecretKeySpec key;
    private final ConcurrentSkipListSet<Used> used = new ConcurrentSkipListSet<>(Used.OLDEST_FIRST);

    /** Throws IllegalArgumentException when the auth token is empty. */
    public StreamTokens(String authToken) {
        SecretKeySpec secret = new SecretKeySpec(authToken.getBytes(UTF_8), ALGORITHM);
        key = new SecretKeySpec(hmac(secret, "ringdown stream token".getBytes(UTF_8)), ALGORITHM);
    }

    /** A token for one stream of this call, valid for 60 s from {@code epochMs}. */
    public String mint(String callSid, long epochMs) {
        // the nonce only tells tokens apart; what nobody can guess is the signature
        byte[] claims = ByteBuffer.allocate(CLAIMS_BYTES)
                .putLong(epochMs)
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
        byte[] token = ByteBuffer.allocate(TOKEN_BYTES)
                .put(claims)
                .put(signature(claims, callSid))
                .array();
        return Base64.getUrlEncoder().encodeToString(token);
    }

    /** Takes the token, which may be null, for this call. Only {@link Redemption#ACCEPTED} lets the stream in. */
    public Redemption redeem(String token, String callSid, long epochMs) {
        byte[] bytes = decode(token);
        if (bytes.length != TOKEN_BYTES) {
            return Redemption.MALFORMED;
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        byte[] claims = new byte[CLAIMS_BYTES];
        byte[] signature = new byte[TOKEN_BYTES - CLAIMS_BYTES];
        fields.get(claims).get(signature);
        if (!MessageDigest.isEqual(signature(claims, callSid), signature)) {
            return Redemption.FORGED;
        }
        return redeem(new Used(fields.getLong(0), fields.getLong(Long.BYTES)), epochMs);
    }

    private Redemption redeem(Used authentic, long epochMs) {
        forgetBefore(epochMs - REMEMBERED_MS);
        // one from the future was minted by a node whose clock is wrong, and would be remembered for that long
        if (Math.abs(epochMs - authentic.mintedMs()) > LIFETIME_MS) {
            return Redemption.EXPIRED;
        }
        return used.add(authentic) ? Redemption.ACCEPTED : Redemption.REPLAYED;
    }

    /** How many used tokens are remembered. */
    int remembered() {
        return used.size();
    }

    private void forgetBefore(long mintedMs) {
        used.headSet(new Used(mintedMs, Long.MIN_VALUE)).clear();
    }

    private byte[] signature(byte[] claims, String callSid) {
        return hmac(key, claims, callSid.getBytes(UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] decode(String token) {
        if (token == null || token.length() != TOKEN_CHARS) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** What became of a token. */
    public enum Redemption {
        /** Ours, for this call, in time, and for the first time. */
        ACCEPTED,
        /** Missing, or nothing we could have minted. */
        MALFORMED,
        /** Not minted for this call: invented, altered, or another call's. */
        FORGED,
        /** Ours and for this call, but not of the last 60 s. */
        EXPIRED,
        /** Accepted here before. */
        REPLAYED
    }

    private record Used(long mintedMs, long nonce) {
        private static final Comparator<Used> OLDEST_FIRST =
                Comparator.comparingLong(Used::mintedMs).thenComparingLong(Used::nonce);
    }
}
