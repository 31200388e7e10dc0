package io.ringdown.bridge.hangup;

import static io.ringdown.bridge.hangup.FakeTwilio.answers;
import static io.ringdown.bridge.hangup.FakeTwilio.closes;
import static io.ringdown.bridge.hangup.FakeTwilio.raw;
import static io.ringdown.bridge.hangup.FakeTwilio.rawThenClose;
import static io.ringdown.bridge.hangup.FakeTwilio.saysNothing;
import static io.ringdown.bridge.hangup.HangupOutcome.Result.ALREADY_OVER;
import static io.ringdown.bridge.hangup.HangupOutcome.Result.COMPLETED;
import static io.ringdown.bridge.hangup.HangupOutcome.Result.GAVE_UP;
import static io.ringdown.bridge.hangup.HangupOutcome.Result.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.ringdown.bridge.hangup.FakeTwilio.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwilioCallsTest {
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final List<Duration> SHORT_PAUSES =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final FakeTwilio twilio = new FakeTwilio();
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
    private final List<TwilioCalls> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TwilioCalls::close);
        retries.shutdownNow();
        twilio.close();
    }

    @Test
    void shouldAskTwilioToCompleteTheCall() {
        assertThat(outcomeOf(answers(200, "{\"status\":\"in-progress\"}")))
                .isEqualTo(new HangupOutcome(COMPLETED, 1, 200, 0));
        FakeTwilio.Request request = twilio.requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/2010-04-01/Accounts/AC1/Calls/" + CALL + ".json");
        assertThat(request.body()).isEqualTo("Status=completed");
        assertThat(request.headers().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.headers().get("Authorization"))
                .isEqualTo(
                        "Basic " + Base64.getEncoder().encodeToString("AC1:secret".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldKeepTheBasePathOfTheApi() {
        twilio.then(answers(200, "{}"));
        calls(URI.create(twilio.url() + "/proxy/"), patient()).complete(CALL).join();
        assertThat(twilio.requests.get(0).target()).startsWith("/proxy/2010-04-01/Accounts/AC1/Calls/");
    }

    @Test
    void shouldTakeACallThatIsGoneForHungUp() {
        assertThat(outcomeOf(answers(404, "{\"code\":20404,\"message\":\"no such call\"}")))
                .isEqualTo(new HangupOutcome(ALREADY_OVER, 1, 404, 20404));
        assertThat(outcomeOf(answers(404, ""))).isEqualTo(new HangupOutcome(ALREADY_OVER, 1, 404, 0));
    }

    @Test
    void shouldTakeACallThatIsNotInProgressForHungUp() {
        assertThat(outcomeOf(
                        answers(400, "{\"message\":\"x\",\"details\":{\"code\":1},\"code\":21220,\"status\":400}")))
                .isEqualTo(new HangupOutcome(ALREADY_OVER, 1, 400, 21220));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 409, 422})
    void shouldNotRepeatWhatIsRefused(int status) {
        assertThat(outcomeOf(answers(status, "{\"code\":20003}")))
                .isEqualTo(new HangupOutcome(REFUSED, 1, status, 20003));
        assertThat(twilio.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "[]",
                "[{\"code\":21220}]",
                "{\"code\":",
                "{\"code\":null}",
                "{\"code\":{}}",
                "{\"code\":99999999999999999999}",
                "{\"code\":\"x\"}",
                "{\"details\":{\"code\":21220}}",
                "\u0000\uFFFD"
            })
    void shouldTakeABodyWithoutACodeForNoCode(String body) {
        assertThat(outcomeOf(answers(400, body))).isEqualTo(new HangupOutcome(REFUSED, 1, 400, 0));
    }

    @Test
    void shouldTryAgainAfterServerErrors() {
        assertThat(outcomeOf(answers(500, "oops"), answers(503, ""), answers(200, "{}")))
                .isEqualTo(new HangupOutcome(COMPLETED, 3, 200, 0));
    }

    @Test
    void shouldTryAgainWhenThereWereTooManyRequests() {
        assertThat(outcomeOf(answers(429, "{\"code\":20429}"), answers(200, "{}")))
                .isEqualTo(new HangupOutcome(COMPLETED, 2, 200, 0));
    }

    @Test
    void shouldGiveUpAfterThreeTries() {
        assertThat(outcomeOf(answers(500, ""), answers(500, ""), answers(429, "{\"code\":20429}"), answers(200, "{}")))
                .isEqualTo(new HangupOutcome(GAVE_UP, 3, 429, 20429));
        assertThat(twilio.requests).hasSize(3);
    }

    @Test
    void shouldTryAgainWhenTheConnectionBreaks() {
        assertThat(outcomeOf(
                        closes(), rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), answers(200, "{}")))
                .isEqualTo(new HangupOutcome(COMPLETED, 3, 200, 0));
    }

    @Test
    void shouldTryAgainWhenTheAnswerIsNotHttp() {
        assertThat(outcomeOf(rawThenClose("SSH-2.0-OpenSSH_9.2\r\n\r\n"), answers(200, "{}")))
                .isEqualTo(new HangupOutcome(COMPLETED, 2, 200, 0));
    }

    @Test
    void shouldTryAgainWhenThereIsNoAnswer() {
        twilio.then(saysNothing(), answers(200, "{}"));
        assertThat(calls(twilio.url(), impatient()).complete(CALL).join())
                .isEqualTo(new HangupOutcome(COMPLETED, 2, 200, 0));
    }

    @Test
    void shouldCountABodyThatNeverEndsAsNoAnswerAndCloseItsConnection() {
        twilio.then(raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), answers(400, "{\"code\":21220}"));
        assertThat(calls(twilio.url(), impatient()).complete(CALL).join())
                .isEqualTo(new HangupOutcome(ALREADY_OVER, 2, 400, 21220));
        Channel stuck = twilio.requests.get(0).connection();
        await().until(() -> !stuck.isActive());
    }

    @Test
    void shouldGiveUpWhenNobodyListens() {
        twilio.stopListening();
        assertThat(calls(twilio.url(), patient()).complete(CALL).join()).isEqualTo(new HangupOutcome(GAVE_UP, 3, 0, 0));
    }

    @Test
    void shouldForgetTheStatusOfAnEarlierTry() {
        assertThat(outcomeOf(answers(503, "{\"code\":7}"), closes(), closes()))
                .isEqualTo(new HangupOutcome(GAVE_UP, 3, 0, 0));
    }

    @Test
    void shouldReadNoMoreOfABodyThanItsStart() {
        String filler = "x".repeat(1024 * 1024);
        assertThat(outcomeOf(answers(400, "{\"code\":21220,\"message\":\"" + filler + "\"}")))
                .isEqualTo(new HangupOutcome(ALREADY_OVER, 1, 400, 21220));
        assertThat(outcomeOf(answers(400, "{\"message\":\"" + filler + "\",\"code\":21220}")))
                .isEqualTo(new HangupOutcome(REFUSED, 1, 400, 0));
        assertThat(outcomeOf(answers(200, filler))).isEqualTo(new HangupOutcome(COMPLETED, 1, 200, 0));
        assertThat(outcomeOf(raw("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" + filler)))
                .as("a body that never ends")
                .isEqualTo(new HangupOutcome(COMPLETED, 1, 200, 0));
    }

    @Test
    void shouldKeepWhatAPeerPutIntoACallSidWithinItsPlace() {
        twilio.then(answers(404, ""));
        calls(twilio.url(), patient()).complete("../x?a=b#c d/\r\n%é").join();
        assertThat(twilio.requests.get(0).target())
                .isEqualTo("/2010-04-01/Accounts/AC1/Calls/..%2Fx%3Fa%3Db%23c%20d%2F%0D%0A%25%C3%A9.json");
    }

    @Test
    void shouldSendNoMoreAtOnceThanAllowed() {
        TwilioCalls calls = calls(twilio.url(), new RestLimits(SHORT_PAUSES, LONG, 2, 100));
        List<CompletableFuture<HangupOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(calls.complete("CA" + i));
        }
        for (int i = 0; i < 5; i++) {
            int answered = i;
            await().until(() -> twilio.requests.size() == Math.min(answered + 2, 5));
            answers(200, "{}").accept(twilio.requests.get(answered).connection());
            await().until(() ->
                    outcomes.stream().filter(CompletableFuture::isDone).count() == answered + 1);
        }
        assertThat(twilio.connections.size()).isEqualTo(2);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.join().result()).isEqualTo(COMPLETED));
    }

    @Test
    void shouldGiveUpAtOnceWhenThereIsNoRoomAndHaveRoomAgainLater() {
        TwilioCalls calls = calls(twilio.url(), new RestLimits(SHORT_PAUSES, LONG, 1, 2));
        CompletableFuture<HangupOutcome> first = calls.complete("CA1");
        assertThat(calls.hasRoom()).isTrue();
        CompletableFuture<HangupOutcome> second = calls.complete("CA2");
        assertThat(calls.hasRoom()).isFalse();
        assertThat(calls.complete("CA3")).isCompletedWithValue(new HangupOutcome(GAVE_UP, 0, 0, 0));

        await().until(() -> twilio.requests.size() == 1);
        twilio.then(answers(200, "{}"));
        answers(200, "{}").accept(twilio.requests.get(0).connection());
        assertThat(first.join().result()).isEqualTo(COMPLETED);
        assertThat(second.join().result()).isEqualTo(COMPLETED);
        assertThat(calls.hasRoom()).isTrue();
    }

    @Test
    void shouldGiveUpUntriedWhatWaitedLongerThanAllTriesTake() {
        RestLimits limits = new RestLimits(List.of(Duration.ZERO), SHORT, 1, 10);
        TwilioCalls calls = calls(twilio.url(), limits);
        List<CompletableFuture<HangupOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(calls.complete("CA" + i));
        }
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.join().result())
                        .isEqualTo(GAVE_UP)); // the first untried too, where the machine stands still for so long
        assertThat(outcomes.get(9).join()).isEqualTo(new HangupOutcome(GAVE_UP, 0, 0, 0));
    }

    @Test
    void shouldGiveUpWhatIsUnfinishedWhenClosed() {
        TwilioCalls calls = calls(twilio.url(), new RestLimits(SHORT_PAUSES, LONG, 1, 10));
        CompletableFuture<HangupOutcome> onTheWire = calls.complete("CA1");
        await().until(() -> twilio.requests.size() == 1);
        List<CompletableFuture<HangupOutcome>> waiting = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            waiting.add(calls.complete("CA" + i));
        }
        calls.close();
        assertThat(onTheWire).isCompletedWithValue(new HangupOutcome(GAVE_UP, 1, 0, 0));
        assertThat(waiting)
                .allSatisfy(untried -> assertThat(untried).isCompletedWithValue(new HangupOutcome(GAVE_UP, 0, 0, 0)));
        assertThat(calls.hasRoom()).isFalse();
        assertThat(calls.complete("CA10")).isCompletedWithValue(new HangupOutcome(GAVE_UP, 0, 0, 0));
        await().until(() -> !twilio.requests.get(0).connection().isActive());
        assertThat(twilio.requests).hasSize(1);
    }

    @Test
    void shouldGoOnForACallerWhoStopsWaiting() {
        TwilioCalls calls = calls(twilio.url(), new RestLimits(SHORT_PAUSES, LONG, 1, 1));
        CompletableFuture<HangupOutcome> outcome = calls.complete(CALL);
        await().until(() -> twilio.requests.size() == 1);
        outcome.cancel(true);
        assertThat(calls.hasRoom()).isFalse();
        answers(200, "{}").accept(twilio.requests.get(0).connection());
        await().until(calls::hasRoom);
    }

    @Test
    void shouldGiveUpWhenItsExecutorWasStopped() {
        TwilioCalls calls = calls(twilio.url(), patient());
        retries.shutdownNow();
        assertThat(calls.complete(CALL)).isCompletedWithValue(new HangupOutcome(GAVE_UP, 0, 0, 0));
    }

    @Test
    void shouldHangUpOnTheConnectionThatWasWarmed() {
        twilio.then(answers(200, "{}"), answers(200, "{}"));
        TwilioCalls calls = calls(twilio.url(), patient());
        calls.warm().join();
        calls.complete(CALL).join();
        assertThat(twilio.requests.get(0).method()).isEqualTo("GET");
        assertThat(twilio.requests.get(0).target()).isEqualTo("/2010-04-01/Accounts/AC1.json");
        assertThat(twilio.requests.get(1).connection())
                .isSameAs(twilio.requests.get(0).connection());
    }

    @Test
    void shouldNotFailForWarmingInVain() {
        twilio.then(answers(401, ""), closes(), saysNothing());
        TwilioCalls calls = calls(twilio.url(), impatient());
        for (int i = 0; i < 3; i++) {
            assertThat(calls.warm()).succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldNotShowTheAuthToken() {
        TwilioCalls calls = calls(twilio.url(), patient());
        assertThat(calls.toString()).doesNotContain("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calls(URI.create("ftp://api.example.com"), patient()))
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("secret", "QUMx"));
    }

    @Test
    void shouldNotHangUpACallWithoutAName() {
        TwilioCalls calls = calls(twilio.url(), patient());
        assertThatIllegalArgumentException().isThrownBy(() -> calls.complete(""));
    }

    private HangupOutcome outcomeOf(Step... steps) {
        twilio.then(steps);
        return calls(twilio.url(), patient()).complete(CALL).join();
    }

    private TwilioCalls calls(URI url, RestLimits limits) {
        TwilioCalls calls = new TwilioCalls(url, "AC1", "secret", retries, limits);
        opened.add(calls);
        return calls;
    }

    private static RestLimits patient() {
        return new RestLimits(SHORT_PAUSES, LONG, 10, 100);
    }

    private static RestLimits impatient() {
        return new RestLimits(SHORT_PAUSES, SHORT, 10, 100);
    }
}
