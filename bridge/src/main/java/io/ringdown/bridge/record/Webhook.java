package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The receiver of call records: one POST for each, signed where there is a secret. Any thread. */
final class Webhook {
    static final String SIGNATURE = "Ringdown-Signature";
    static final String KEY = "Idempotency-Key";
    private static final String MAC = "HmacSHA256";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(
                    HttpClient.Version.HTTP_1_1) // over plain HTTP the JDK would ask to change to HTTP/2, in every POST
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI url;
    private final Optional<SecretKeySpec> secret;
    private final Clock clock;

    /** @param secret signs; empty: nothing is signed */
    Webhook(URI url, Optional<String> secret, Clock clock) {
        this.url = url;
        this.secret = secret.map(text -> new SecretKeySpec(text.getBytes(UTF_8), MAC));
        this.clock = clock;
    }

    /** Ended, with its connection, by whatever ends the future: the whole answer, its failure, the timeout, or a cancel. */
    CompletableFuture<HttpResponse<Void>> post(String id, byte[] document) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Ringdown")
                .header(KEY, id);
        secret.ifPresent(key -> request.header(SIGNATURE, signature(key, document)));
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(document)).build(),
                HttpResponse.BodyHandlers.discarding());
        CompletableFuture<HttpResponse<Void>> response =
                exchange.copy().orTimeout(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        response.whenComplete((answered, failure) -> exchange.cancel(true));
        return response;
    }

    /** The time is signed too, so that a receiver may refuse what somebody sends again later. */
    private String signature(SecretKeySpec key, byte[] document) {
        long seconds = clock.instant().getEpochSecond();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update((seconds + ".").getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(document));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
