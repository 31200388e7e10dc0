package io.ringdown.bridge.simulator.carrier;

import static io.ringdown.bridge.simulator.carrier.SimulatedCarrierTest.ending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.simulator.carrier.CallEnding.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the webhook to the upgrade, and all the ways in which a call does not get there. */
class CallSetupTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String VOICE_URL = "https://voice.example.com/twilio/voice";
    private static final String CONNECT = """
            <Response><Connect><Stream url="wss://voice.example.com/twilio/media">
            <Parameter name="token" value="k7Qp"/></Stream></Connect><Hangup/></Response>
            """;

    private final TestBridge bridge = new TestBridge();
    private final SimulatedCarrier carrier = SimulatedCarrier.start(new Account("AC1", TOKEN));

    @AfterEach
    void closeBoth() {
        carrier.close();
        bridge.close();
    }

    @Test
    void shouldFollowTheTwiMlUnderItsPublicName() throws Exception {
        bridge.answerVoice(200, CONNECT);
        CarrierCall call = carrier.place(webhook());
        TestBridge.Post post = bridge.post();
        assertThat(post.uri()).isEqualTo("/twilio/voice");
        assertThat(post.headers().get("Host")).isEqualTo("voice.example.com");
        assertThat(post.headers().get("X-Twilio-Signature"))
                .isEqualTo(RequestSignature.of(TOKEN, VOICE_URL, post.form()));
        assertThat(post.form())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("From", "+15005550006")
                .containsEntry("CallStatus", "ringing")
                .containsOnlyKeys(
                        "CallSid",
                        "AccountSid",
                        "From",
                        "To",
                        "Called",
                        "Caller",
                        "CallStatus",
                        "Direction",
                        "ApiVersion");
        TestBridgeLeg leg = bridge.leg().started();
        assertThat(leg.headers.get("Host")).isEqualTo("voice.example.com");
        assertThat(leg.headers.get("X-Twilio-Signature")).isEqualTo("3Wv0T80qzAY3OCARW9y1gnUJZtE=");
        assertThat(leg.all("start")
                        .get(0)
                        .json()
                        .at("/start/customParameters/token")
                        .asText())
                .isEqualTo("k7Qp");
    }

    @Test
    void shouldAcceptARejection() throws Exception {
        bridge.answerVoice(200, "<Response><Reject reason=\"busy\"/></Response>");
        assertThat(ending(carrier.place(webhook()))).isEqualTo(new CallEnding(Cause.REJECTED, 200, "busy"));
    }

    @Test
    void shouldReportAWebhookThatFails() throws Exception {
        bridge.answerVoice(500, "oops");
        assertThat(ending(carrier.place(webhook()))).isEqualTo(new CallEnding(Cause.WEBHOOK_FAILED, 500, "oops"));
    }

    @Test
    void shouldReportTwiMlThatOpensNoStream() throws Exception {
        bridge.answerVoice(200, "<Response><Connect><Stream url=\"ws://a.example/x\"/></Connect></Response>");
        CallEnding ending = ending(carrier.place(webhook()));
        assertThat(ending.cause()).isEqualTo(Cause.WEBHOOK_FAILED);
        assertThat(ending.detail()).contains("31922");
    }

    @Test
    void shouldReportTwiMlThatIsNotCalledXml() throws Exception {
        bridge.answerVoice(200, CONNECT);
        bridge.answerVoiceAs("text/plain");
        assertThat(ending(carrier.place(webhook())).detail()).startsWith("12300");
    }

    @Test
    void shouldReportARefusedUpgrade() throws Exception {
        bridge.refuseUpgrades(503);
        CarrierCall call = carrier.place(CallPlan.via(bridge.stream()));
        assertThat(ending(call)).isEqualTo(new CallEnding(Cause.UPGRADE_REFUSED, 503, "31920 status 503"));
        assertThat(carrier.completedByRest(call.callSid())).isEqualTo(Completion.NOT_IN_PROGRESS);
    }

    @Test
    void shouldReportThatNobodyListens() throws Exception {
        InetSocketAddress nobody = unusedAddress();
        CallPlan straight = CallPlan.via(Route.stream("wss://voice.example.com/twilio/media", nobody));
        assertThat(ending(carrier.place(straight)).cause()).isEqualTo(Cause.CONNECT_FAILED);
        CallPlan webhook = CallPlan.via(Route.webhook(VOICE_URL, nobody));
        assertThat(ending(carrier.place(webhook)).cause()).isEqualTo(Cause.WEBHOOK_FAILED);
    }

    @Test
    void shouldTellTheStatusCallbackWhenTheCallIsOver() throws Exception {
        String statusUrl = "https://voice.example.com/twilio/status";
        CarrierCall call = carrier.place(
                CallPlan.via(bridge.stream()).withStatusUrl(statusUrl).withCallSid("CA7"));
        bridge.leg().started().close(1000);
        ending(call);
        TestBridge.Post post = bridge.post();
        assertThat(post.uri()).isEqualTo("/twilio/status");
        assertThat(post.form())
                .containsAllEntriesOf(Map.of("CallSid", "CA7", "CallStatus", "completed", "CallDuration", "0"));
        assertThat(post.headers().get("X-Twilio-Signature"))
                .isEqualTo(RequestSignature.of(TOKEN, statusUrl, post.form()));
    }

    @Test
    void shouldRefuseARouteThatLeadsNowhere() {
        assertThatThrownBy(() -> Route.stream("wss://voice.example.com/twilio/media"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Route.stream("ws://127.0.0.1:80")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Route.webhook("/twilio/voice", bridge.address()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepTheTokenOutOfTheAccountsText() {
        assertThat(new Account("AC1", TOKEN).toString()).doesNotContain(TOKEN);
    }

    private CallPlan webhook() {
        return CallPlan.via(Route.webhook(VOICE_URL, bridge.address()));
    }

    private static InetSocketAddress unusedAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
