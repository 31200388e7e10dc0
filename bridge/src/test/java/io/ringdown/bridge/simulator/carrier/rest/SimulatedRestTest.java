package io.ringdown.bridge.simulator.carrier.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.Completion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedRestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Account ACCOUNT = new Account("AC1", "secret");

    private final List<String> completed = new CopyOnWriteArrayList<>();
    private final SimulatedRest rest = SimulatedRest.start(0, ACCOUNT, this::complete);
    private Duration timeout = PATIENCE;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void shouldCompleteALiveCallOnce() throws Exception {
        HttpResponse<String> first = post("CA1");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"sid\":\"CA1\"");
        assertThat(completed).containsExactly("CA1");
        assertError(post("CA1"), 400, 21220);
        assertError(post("unknown"), 404, 20404);
        assertThat(rest.requests("CA1")).extracting(RestRequest::status).containsExactly(200, 400);
    }

    /** Whoever is woken by the end of the call looks for the request that ended it. */
    @Test
    void shouldHaveARequestOnRecordBeforeItsEffect() throws Exception {
        CompletableFuture<SimulatedRest> opened = new CompletableFuture<>();
        List<RestRequest> seen = new CopyOnWriteArrayList<>();
        Function<String, Completion> looking = callSid -> {
            seen.addAll(opened.join().requests(callSid));
            return Completion.COMPLETED;
        };
        try (SimulatedRest other = SimulatedRest.start(0, ACCOUNT, looking)) {
            opened.complete(other);
            assertThat(post(other, "CA1").statusCode()).isEqualTo(200);
            assertThat(seen).extracting(RestRequest::status).containsExactly(0);
            assertThat(other.requests("CA1")).extracting(RestRequest::status).containsExactly(200);
        }
    }

    @Test
    void shouldAnswerAsScriptedThenNaturally() throws Exception {
        rest.answer(RestAnswer.unavailable(), RestAnswer.tooManyRequests());
        rest.answerCall("CA2", RestAnswer.notFound(), RestAnswer.notInProgress());
        assertError(post("CA2"), 404, 20404);
        assertError(post("CA2"), 400, 21220);
        assertThat(post("CA2").statusCode()).isEqualTo(503);
        assertError(post("CA1"), 429, 20429);
        assertThat(completed).isEmpty();
        assertThat(post("CA1").statusCode()).isEqualTo(200);
        assertThat(rest.requests()).extracting(RestRequest::status).containsExactly(404, 400, 503, 429, 200);
        assertThat(rest.requests()).extracting(RestRequest::atNs).isSorted();
    }

    @Test
    void shouldCarryOutARequestWhoseAnswerComesTooLate() throws Exception {
        rest.answer(RestAnswer.natural().after(60_000));
        timeout = Duration.ofSeconds(1);
        assertThatThrownBy(() -> post("CA1")).isInstanceOf(HttpTimeoutException.class);
        await().untilAsserted(() -> assertThat(completed).containsExactly("CA1"));
        timeout = PATIENCE;
        assertError(post("CA1"), 400, 21220);
    }

    @Test
    void shouldNeverAnswerNorCarryOut() throws Exception {
        rest.answer(RestAnswer.silent());
        timeout = Duration.ofSeconds(1);
        assertThatThrownBy(() -> post("CA1")).isInstanceOf(HttpTimeoutException.class);
        await().untilAsserted(() ->
                assertThat(rest.requests()).extracting(RestRequest::status).containsExactly(0));
        assertThat(completed).isEmpty();
    }

    @Test
    void shouldCloseTheConnectionInsteadOfAnAnswer() {
        rest.answer(RestAnswer.dropped());
        assertThatThrownBy(() -> post("CA1")).isInstanceOf(IOException.class);
        assertThat(completed).isEmpty();
    }

    @Test
    void shouldRefuseForeignCredentials() throws Exception {
        assertError(send(request("/2010-04-01/Accounts/AC1/Calls/CA1.json", "AC1:wrong")), 401, 20003);
        assertError(send(request("/2010-04-01/Accounts/AC1/Calls/CA1.json", "")), 401, 20003);
        assertThat(completed).isEmpty();
    }

    @Test
    void shouldRefuseWhatDoesNotCompleteACallOfTheAccount() throws Exception {
        String credentials = "AC1:secret";
        assertError(send(request("/2010-04-01/Accounts/AC2/Calls/CA1.json", credentials)), 404, 20404);
        assertError(send(request("/2010-04-01/Accounts/AC1/Calls/CA1", credentials)), 404, 20404);
        HttpRequest.Builder request = request("/2010-04-01/Accounts/AC1/Calls/CA1.json", credentials);
        assertError(send(request.copy().POST(HttpRequest.BodyPublishers.ofString("Status=canceled"))), 400, 20001);
        assertError(send(request.copy().DELETE()), 405, 20004);
        assertThat(completed).isEmpty();
        assertThat(rest.requests()).hasSize(4);
    }

    @Test
    void shouldAskForNoCredentialsWithoutAToken() throws Exception {
        try (SimulatedRest open = SimulatedRest.start(0, Account.unsigned("AC1"), sid -> Completion.COMPLETED)) {
            URI uri = open.url().resolve("/2010-04-01/Accounts/AC1/Calls/CA1.json");
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("Status=completed"));
            assertThat(send(request).statusCode()).isEqualTo(200);
        }
    }

    private Completion complete(String callSid) {
        if (callSid.equals("unknown")) {
            return Completion.UNKNOWN;
        }
        if (completed.contains(callSid)) {
            return Completion.NOT_IN_PROGRESS;
        }
        completed.add(callSid);
        return Completion.COMPLETED;
    }

    private HttpResponse<String> post(String callSid) throws IOException, InterruptedException {
        return send(request("/2010-04-01/Accounts/AC1/Calls/" + callSid + ".json", "AC1:secret"));
    }

    private HttpResponse<String> post(SimulatedRest to, String callSid) throws IOException, InterruptedException {
        URI uri = to.url().resolve("/2010-04-01/Accounts/AC1/Calls/" + callSid + ".json");
        return send(request(uri.getPath(), "AC1:secret").uri(uri));
    }

    private HttpRequest.Builder request(String path, String credentials) {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(rest.url().resolve(path))
                .timeout(timeout)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Status=completed"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertError(HttpResponse<String> response, int status, int code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":" + code, "\"status\":" + status);
    }
}
