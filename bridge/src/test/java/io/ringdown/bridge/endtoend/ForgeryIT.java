package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.carrier.twilio.StreamTokens;
import io.ringdown.bridge.demo.Testbed;
import io.ringdown.bridge.simulator.model.ModelScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is not the carrier, or not the carrier of this call: no model's connection is made for him. As configured by default. */
class ForgeryIT {
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String OTHER = "CA00000000000000000000000000000002";
    private static final long MINUTE_MS = 60_000;

    private static Testbed testbed;
    private static SignedCarrier carrier;
    private final List<RawSocket> streams = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        testbed = Testbed.start(ModelScript.script());
        carrier = new SignedCarrier(ServeProcess.ACCOUNT, testbed.server().address());
    }

    @AfterAll
    static void stop() {
        testbed.close();
    }

    @AfterEach
    void close() throws IOException {
        for (RawSocket stream : streams) {
            stream.close();
        }
        await().until(() -> testbed.server().liveCalls() == 0);
    }

    private static String header(String signature) {
        return "X-Twilio-Signature: " + signature + "\r\n";
    }

    private static String signed(String url) {
        return header(carrier.signature(url + carrier.signedForm(CALL)));
    }

    static Stream<Arguments> forgedWebhooks() {
        String host = "Host: voice.example.com\r\n";
        String evil = "https://evil.example.com/twilio/voice";
        return Stream.of(
                Arguments.of("unsigned", host),
                Arguments.of("an empty signature", host + header("")),
                Arguments.of("not base64", host + header("%%%")),
                Arguments.of(
                        "signed with another token",
                        host
                                + header(SignedCarrier.signature(
                                        "another token", SignedCarrier.WEBHOOK + carrier.signedForm(CALL)))),
                Arguments.of(
                        "signed for another call",
                        host + header(carrier.signature(SignedCarrier.WEBHOOK + carrier.signedForm(OTHER)))),
                Arguments.of("signed without its form", host + header(carrier.signature(SignedCarrier.WEBHOOK))),
                Arguments.of("signed for plain http", host + signed("http://voice.example.com/twilio/voice")),
                Arguments.of("signed for the stream", host + signed(SignedCarrier.STREAM)),
                Arguments.of("signed for another path", host + signed("https://voice.example.com/twilio/status")),
                Arguments.of("signed for another host, which it asks for", "Host: evil.example.com\r\n" + signed(evil)),
                Arguments.of(
                        "signed for another host, which a proxy is said to have been asked for",
                        host + "X-Forwarded-Host: evil.example.com\r\nX-Forwarded-Proto: https\r\n"
                                + "Forwarded: host=evil.example.com;proto=https\r\n" + signed(evil)),
                Arguments.of(
                        "signed for another port",
                        "Host: voice.example.com:8443\r\n" + signed("https://voice.example.com:8443/twilio/voice")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedWebhooks")
    void shouldNotAnswerAForgedWebhook(String how, String headers) throws IOException {
        String answer = carrier.webhook(CALL, headers);
        assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("Stream");
    }

    @Test
    void shouldNotLetARequestSayWhereItsStreamGoes() throws IOException {
        String headers = "Host: evil.example.com\r\nX-Forwarded-Host: evil.example.com\r\nX-Forwarded-Proto: http\r\n";
        String answer = carrier.webhook(CALL, headers + signed(SignedCarrier.WEBHOOK));
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains(SignedCarrier.STREAM)
                .doesNotContain("evil");
    }

    static Stream<Arguments> forgedUpgrades() {
        return Stream.of(
                Arguments.of("unsigned", ""),
                Arguments.of("signed for https", header(carrier.signature("https://voice.example.com/twilio/media"))),
                Arguments.of("signed for plain ws", header(carrier.signature("ws://voice.example.com/twilio/media"))),
                Arguments.of("signed for another host", header(carrier.signature("wss://a/twilio/media"))),
                Arguments.of("a webhook's signature", signed(SignedCarrier.WEBHOOK)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedUpgrades")
    void shouldNotOpenAForgedStream(String how, String headers) {
        assertThatThrownBy(() -> RawSocket.connect(testbed.server().address(), "/twilio/media", headers))
                .hasMessageContaining("HTTP/1.1 403 ");
    }

    @Test
    @DisplayName("S58 streams that cannot show the token of their call")
    void shouldNotStartAStreamWithAForgedToken() throws IOException {
        StreamTokens ours = new StreamTokens(ServeProcess.ACCOUNT.authToken());
        StreamTokens others = new StreamTokens("another token");
        long nowMs = System.currentTimeMillis();
        String genuine = ours.mint(CALL, nowMs);
        String altered = (genuine.charAt(0) == 'A' ? 'B' : 'A') + genuine.substring(1);
        Map<String, String> forged = Map.of(
                "none", "",
                "anything", "k7Qp",
                "as long as a token", "A".repeat(genuine.length()),
                "altered", altered,
                "of another call", carrier.token(OTHER),
                "minted with another auth token", others.mint(CALL, nowMs),
                "expired", ours.mint(CALL, nowMs - MINUTE_MS - 1),
                "of a clock that is ahead", ours.mint(CALL, nowMs + 10 * MINUTE_MS));
        int sessions = testbed.model().sessions().size();
        Map<String, RawSocket> started = new HashMap<>();
        for (Map.Entry<String, String> each : forged.entrySet()) {
            started.put(each.getKey(), start(each.getValue()));
        }
        started.forEach((how, stream) -> await(how).until(stream::isOver));
        assertThat(testbed.model().sessions()).hasSize(sessions);
        assertThat(testbed.rest().requests(CALL))
                .as("nobody hangs up a call he did not prove")
                .isEmpty();
    }

    @Test
    @DisplayName("S58 the same token twice")
    void shouldStartOneStreamWithAToken() throws IOException {
        int sessions = testbed.model().sessions().size();
        String token = carrier.token(CALL);
        RawSocket genuine = start(token);
        await().until(() -> testbed.model().sessions().size() == sessions + 1);
        RawSocket replayed = start(token);
        await().until(replayed::isOver);
        assertThat(testbed.model().sessions()).hasSize(sessions + 1);
        assertThat(genuine.isOver()).as("the call it was taken from goes on").isFalse();
    }

    private RawSocket start(String token) throws IOException {
        RawSocket stream = carrier.stream();
        streams.add(stream);
        stream.text(RawCall.CONNECTED);
        stream.text(carrier.start(CALL, token));
        return stream;
    }
}
