package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.lane.CallAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String VOICE = "/twilio/voice";
    private static final String STATUS = "/twilio/status";
    private static final Pattern TOKEN = Pattern.compile("<Parameter name=\"token\" value=\"([^\"]{64})\"/>");

    private CarrierConnection carrier = CarrierConnection.validated(2);

    @AfterEach
    void shouldOweNothing() {
        carrier.channel.finishAndReleaseAll();
        carrier.channel.checkException();
        if (stream != null) {
            stream.finishAndReleaseAll();
        }
    }

    // a call arrives

    @Test
    void shouldConnectTheCallToOurStreamAndThenHangUp() {
        String answer = carrier.post(VOICE, call());
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-type: text/xml; charset=utf-8\r\n");
        assertThat(TOKEN.matcher(body(answer)).replaceFirst("<TOKEN/>"))
                .isEqualTo("<Response><Connect><Stream url=\"wss://voice.example.com/twilio/media\"><TOKEN/>"
                        + "<Parameter name=\"agent\" value=\"default\"/>"
                        + "<Parameter name=\"caller\" value=\"+15005550006\"/>"
                        + "<Parameter name=\"called\" value=\"+15005550001\"/>"
                        + "</Stream></Connect><Hangup/></Response>");
    }

    @Test
    void shouldAskForTheAgentOfTheNumberOrOfTheWebhooksUrl() {
        carrier.agent = Optional.of("sales");
        assertThat(carrier.post(VOICE, call())).contains("<Parameter name=\"agent\" value=\"sales\"/>");
        carrier.post(VOICE + "?x=1&agent=front%20desk&agent=other", call());
        assertThat(carrier.asked)
                .containsExactly(
                        "null +15005550001 " + SpokenTwilio.CALL, "front desk +15005550001 " + SpokenTwilio.CALL);
    }

    @Test
    @DisplayName("S35 no such agent, or one with all its calls")
    void shouldTurnACallAwayThatNobodyAnswers() {
        carrier.agent = Optional.empty();
        assertThat(body(carrier.post(VOICE, call()))).isEqualTo("<Response><Reject reason=\"busy\"/></Response>");
    }

    @Test
    void shouldRefuseAMalformedQuery() {
        assertThat(carrier.post(VOICE + "?agent=%zz", call()))
                .startsWith("HTTP/1.1 400 ")
                .contains("query: malformed escape");
    }

    @Test
    void shouldMintATokenForThisCallOnly() {
        String answer = carrier.post(VOICE, call());
        Matcher token = TOKEN.matcher(answer);
        assertThat(token.find()).isTrue();
        assertThat(carrier.authentication.refusal(start(token.group(1), "CA44444444444444444444444444444444")))
                .isEqualTo("stream token forged");
        assertThat(carrier.authentication.refusal(start(token.group(1), SpokenTwilio.CALL)))
                .isNull();
        assertThat(carrier.authentication.refusal(start(token.group(1), SpokenTwilio.CALL)))
                .isEqualTo("stream token replayed");
        assertThat(carrier.authentication.refusal(start("", SpokenTwilio.CALL))).isEqualTo("stream token malformed");
    }

    @Test
    void shouldTakeNoPlaceForAWebhook() {
        carrier.post(VOICE, call());
        carrier.post(VOICE, call());
        carrier.post(VOICE, call());
        assertThat(carrier.admission.calls()).isZero();
    }

    @Test
    void shouldTurnACallAwayWhenFull() {
        carrier.admission.enter();
        carrier.admission.enter();
        assertThat(body(carrier.post(VOICE, call()))).isEqualTo("<Response><Reject reason=\"busy\"/></Response>");
        assertThat(carrier.admission.refused()).isEqualTo(1);
    }

    @Test
    void shouldTurnACallAwayWhileDraining() {
        carrier.admission.drain();
        String answer = carrier.post(VOICE, call());
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(body(answer)).isEqualTo("<Response><Reject reason=\"busy\"/></Response>");
        assertThat(carrier.admission.refused()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        assertThat(carrier.postUnsigned(VOICE, call())).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void shouldRefuseASignatureOfSomethingElse() {
        String signature = CarrierConnection.signature("https", VOICE, call());
        assertThat(carrier.send(CarrierConnection.request(
                        VOICE, with("From", "+15005550007"), "X-Twilio-Signature: " + signature + "\r\n")))
                .startsWith("HTTP/1.1 403 ");
        carrier = CarrierConnection.validated(2);
        assertThat(carrier.send(CarrierConnection.request(STATUS, call(), "X-Twilio-Signature: " + signature + "\r\n")))
                .startsWith("HTTP/1.1 403 ");
    }

    @DisplayName("S35 nobody we know")
    @Test
    void shouldRefuseAnotherAccountHoweverWellSigned() {
        assertThat(carrier.post(VOICE, with("AccountSid", "AC99999999999999999999999999999999")))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("another account\n");
        carrier = CarrierConnection.validated(2);
        Map<String, String> nobodys = call();
        nobodys.remove("AccountSid");
        assertThat(carrier.post(VOICE, nobodys)).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallSid=%zz", "%", "a=1&%F"})
    void shouldRefuseAMalformedForm(String body) {
        carrier = CarrierConnection.open(2);
        String answer = carrier.send(
                "POST /twilio/voice HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("malformed escape");
    }

    @Test
    void shouldRefuseAFormOfTooManyParameters() {
        carrier = CarrierConnection.open(2);
        String body = "a=1&".repeat(257);
        assertThat(carrier.send("POST /twilio/voice HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "CA3333333333333333333333333333333333333333333333333333333333333333"})
    void shouldRefuseACallWithoutAName(String callSid) {
        assertThat(carrier.post(VOICE, with("CallSid", callSid))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void shouldRefuseAnEmptyForm() {
        carrier = CarrierConnection.open(2);
        assertThat(carrier.postUnsigned(VOICE, Map.of())).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void shouldShortenWhatTheCarrierWouldRefuse() {
        String answer = carrier.post(VOICE, with("From", "9".repeat(1_000)));
        assertThat(body(answer)).contains("name=\"caller\" value=\"" + "9".repeat(400) + "\"");
    }

    @Test
    void shouldKeepAHostileNumberWithinItsAttribute() {
        String answer = carrier.post(VOICE, with("From", "\"/><Dial>+1900</Dial>\u0000\uD800"));
        assertThat(body(answer))
                .contains("value=\"&quot;/&gt;&lt;Dial&gt;+1900&lt;/Dial&gt;")
                .doesNotContain("<Dial>")
                .endsWith("</Stream></Connect><Hangup/></Response>");
    }

    @Test
    void shouldConnectACallerWhoWithholdsTheNumber() {
        Map<String, String> withheld = call();
        withheld.remove("From");
        assertThat(body(carrier.post(VOICE, withheld))).contains("<Parameter name=\"caller\" value=\"\"/>");
    }

    @Test
    void shouldUseTheHostOfTheRequestWhereNoPublicUrlIsKnown() {
        carrier = CarrierConnection.open(2);
        assertThat(body(carrier.postUnsigned(VOICE, call())))
                .startsWith("<Response><Connect><Stream url=\"ws://voice.example.com/twilio/media\">")
                .doesNotContain("token");
        assertThat(fromHost("Host: 127.0.0.1:8080")).contains("url=\"ws://127.0.0.1:8080/twilio/media\"");
        assertThat(fromHost("Host: [::1]:8080")).contains("url=\"ws://[::1]:8080/twilio/media\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: ",
                "Host: a b",
                "Host: \"><x",
                "Host: evil/path",
                "Host: user@evil",
                "Host: a?b",
                "Host: a#b",
                "Host: [::1",
                "Host: a:99999999999",
                "Host: %zz",
                "X-No-Host: a"
            })
    void shouldRefuseAHostThatIsNone(String header) {
        carrier = CarrierConnection.open(2);
        assertThat(fromHost(header)).startsWith("HTTP/1.1 400 ").endsWith("no usable Host\n");
    }

    @Test
    void shouldNeverUseTheHostOfTheRequestInProduction() {
        String signature = CarrierConnection.signature("https", VOICE, call());
        String answer = carrier.send(CarrierConnection.request(
                        VOICE, call(), "X-Twilio-Signature: " + signature + "\r\nX-Forwarded-Host: evil\r\n")
                .replace("Host: voice.example.com", "Host: evil.example.com"));
        assertThat(answer).contains("wss://voice.example.com/twilio/media").doesNotContain("evil");
    }

    // a call's status changed

    @ParameterizedTest
    @ValueSource(strings = {"completed", "busy", "failed", "no-answer", "canceled"})
    void shouldEndTheStreamOfACallThatIsOver(String status) {
        startStream();
        String answer = carrier.post(STATUS, with("CallStatus", status));
        assertThat(answer).startsWith("HTTP/1.1 204 ").endsWith("\r\n\r\n");
        assertThat(carrier.summaries).hasSize(1);
        assertThat(carrier.summaries.get(0).reason()).as("we ended nothing").isNull();
        assertThat(carrier.admission.calls()).isZero();
        assertThat(carrier.hangups).isEmpty();
    }

    @Test
    void shouldAskForTheStatusAgainWhenTheLaneIsBehind() {
        startStream();
        CallAddress call = carrier.registry.find(call().get("CallSid"));
        while (call.tell(event -> event.digitPressed("1"))) {}
        assertThat(carrier.post(STATUS, with("CallStatus", "completed"))).startsWith("HTTP/1.1 503 ");
        carrier.turn();
        assertThat(carrier.send(carrier.another(), CarrierConnection.signed(STATUS, with("CallStatus", "completed"))))
                .startsWith("HTTP/1.1 204 ");
        assertThat(carrier.summaries).hasSize(1);
    }

    @Test
    void shouldEndTheStreamThatTheCarrierSaysIsBroken() {
        startStream();
        assertThat(carrier.post(STATUS, with("StreamEvent", "stream-error"))).startsWith("HTTP/1.1 204 ");
        assertThat(carrier.summaries).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "initiated", "ringing", "in-progress", "COMPLETED", "", "over"})
    void shouldLeaveACallAloneThatIsNotOver(String status) {
        startStream();
        assertThat(carrier.post(STATUS, with("CallStatus", status))).startsWith("HTTP/1.1 204 ");
        assertThat(carrier.summaries).isEmpty();
        assertThat(carrier.admission.calls()).isEqualTo(1);
        endStream();
    }

    @Test
    void shouldThankForNewsOfACallItDoesNotKnow() {
        assertThat(carrier.post(STATUS, with("CallStatus", "completed"))).startsWith("HTTP/1.1 204 ");
        Map<String, String> nameless = call();
        nameless.remove("CallSid");
        assertThat(carrier.post(STATUS, nameless)).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void shouldHearTheSameNewsTwice() {
        startStream();
        carrier.post(STATUS, with("CallStatus", "completed"));
        assertThat(carrier.post(STATUS, with("CallStatus", "completed"))).startsWith("HTTP/1.1 204 ");
        assertThat(carrier.summaries).hasSize(1);
    }

    @Test
    void shouldNotBelieveNewsThatIsNotSigned() {
        startStream();
        assertThat(carrier.postUnsigned(STATUS, with("CallStatus", "completed")))
                .startsWith("HTTP/1.1 403 ");
        carrier.turn();
        assertThat(carrier.summaries).isEmpty();
        endStream();
    }

    private EmbeddedChannel stream;

    /** On another connection, with the token of a webhook. */
    private void startStream() {
        Matcher token = TOKEN.matcher(carrier.post(VOICE, call()));
        assertThat(token.find()).isTrue();
        stream = carrier.another();
        assertThat(carrier.send(stream, carrier.signedUpgrade())).startsWith("HTTP/1.1 101 ");
        stream.writeInbound(
                CarrierConnection.text(SpokenTwilio.CONNECTED),
                CarrierConnection.text(SpokenTwilio.START.replace("k7Qp", token.group(1))));
        carrier.turn();
        assertThat(carrier.registry.find(SpokenTwilio.CALL)).isNotNull();
        assertThat(carrier.registry.find(SpokenTwilio.CALL).latch().state()).isEqualTo(HangupLatch.State.OPEN);
    }

    private void endStream() {
        stream.finishAndReleaseAll();
        carrier.turn();
        assertThat(carrier.admission.calls()).isZero();
    }

    private String fromHost(String header) {
        return carrier.send(CarrierConnection.request(VOICE, call(), "").replace("Host: voice.example.com", header));
    }

    private static Map<String, String> call() {
        Map<String, String> form = new HashMap<>();
        form.put("AccountSid", SpokenTwilio.ACCOUNT);
        form.put("CallSid", SpokenTwilio.CALL);
        form.put("CallStatus", "ringing");
        form.put("From", "+15005550006");
        form.put("To", "+15005550001");
        return form;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> form = call();
        form.put(name, value);
        return form;
    }

    private static StreamStart start(String token, String callSid) {
        return new StreamStart(SpokenTwilio.SID1, callSid, SpokenTwilio.ACCOUNT, Map.of(StreamTokens.PARAMETER, token));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
