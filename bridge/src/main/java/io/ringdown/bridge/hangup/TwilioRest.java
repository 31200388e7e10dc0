package io.ringdown.bridge.hangup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Requests to one account of Twilio's REST API, credentials included from the start. Any thread. */
final class TwilioRest {
    private static final HttpRequest.BodyPublisher COMPLETED = HttpRequest.BodyPublishers.ofString("Status=completed");

    // HTTP/1.1: a burst takes more connections, where HTTP/2 would refuse it beyond the peer's limit of streams
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String accountUrl;
    private final String authorization;
    private final Duration timeout;

    /** Throws IllegalArgumentException when {@code apiUrl} is not {@code http} or {@code https}, or has no host. */
    TwilioRest(URI apiUrl, String accountSid, String authToken, Duration timeout) {
        String base = apiUrl.toString().replaceFirst("/$", "");
        String credentials = accountSid + ":" + authToken;
        this.accountUrl = base + "/2010-04-01/Accounts/" + escaped(accountSid);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        this.timeout = timeout;
        account(); // a URL that no request can have is found here
    }

    /** Reads the account: changes nothing, and tells whether the credentials are good. */
    HttpRequest account() {
        return request(accountUrl + ".json").GET().build();
    }

    /** Ends a call, be it queued, ringing or in progress. */
    HttpRequest completion(String callSid) {
        return request(accountUrl + "/Calls/" + escaped(callSid) + ".json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(COMPLETED)
                .build();
    }

    /** Ended, with its connection, by whatever ends the future: the whole answer, the timeout, or a cancel. */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, head -> new BoundedBody());
        CompletableFuture<HttpResponse<byte[]>> response =
                exchange.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        response.whenComplete((answered, failure) -> exchange.cancel(true));
        return response;
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .header("Accept", "application/json");
    }

    /** One segment of a path, or one word of a log line, whatever a peer put into it. */
    static String escaped(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }
}
