package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.LONG_GOODBYE;
import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls whose legs are both encrypted, and peers that spoil it. */
class TlsIT {
    private static final byte[] SORRY = Speech.clip("en", "model_lost");
    private static final String PLAIN_HTTP = "POST /twilio/voice HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    private static final String HALF_A_HELLO = "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc\u0003\u0003";
    private static final String BROKEN_HELLO = "\u0016\u0003\u0001\u0000\u0010what is this, now";
    private static final int EACH = 10;

    private final TlsOnBothLegs tls;

    TlsIT() throws Exception {
        tls = new TlsOnBothLegs();
    }

    private static ModelScript goodbye(String line) {
        return ModelScript.script().greeting(saying(line));
    }

    @Test
    void shouldEndACallPolitely() throws Exception {
        try (Scene scene = Scene.over(tls, goodbye("goodbye"), NO_PROTECTION + tls.configuration())) {
            assertThat(scene.testbed.model().uri()).hasScheme("wss");
            scene.play().assertHungUpOnceAfterHearing(GOODBYE);
            assertThat(metrics(scene)).contains("ringdown_carrier_connections_broken_total{reason=\"tls\"} 0.0");
        }
    }

    @Test
    @DisplayName("S18")
    void shouldHangUpOnceThoughTheCarrierStopsReading() throws Exception {
        try (Scene scene = Scene.over(tls, goodbye("goodbye"), NO_PROTECTION + tls.configuration())) {
            scene.play(plan -> plan.withReceiveBufferBytes(4_096)
                    .withScript(CallerScript.SILENT.whileHearing(500, CallerAction.stallReadingForGood())));
            assertThat(scene.hangups()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotAnswerACarrierThatSpeaksPlainly() throws Exception {
        try (Scene scene = Scene.over(tls, goodbye("goodbye"), NO_PROTECTION + tls.configuration())) {
            CarrierCall plain = scene.testbed.carrier().place(CallPlan.via(scene.testbed.route()));
            plain.ending().get(30, TimeUnit.SECONDS);
            assertThat(plain.ending().get().cause()).isEqualTo(CallEnding.Cause.WEBHOOK_FAILED);
            assertThat(scene.testbed.model().sessions()).isEmpty();
        }
    }

    @Test
    void shouldOutliveWhoSpeaksNoTls() throws Exception {
        try (Scene scene = Scene.over(tls, goodbye("long_goodbye"), NO_PROTECTION + tls.configuration())) {
            CarrierCall healthy = scene.place(plan -> plan);
            await().until(() -> healthy.heardBytes() > 0);
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                strangers.add(stranger(scene, PLAIN_HTTP));
                strangers.add(stranger(scene, HALF_A_HELLO));
                strangers.add(stranger(scene, BROKEN_HELLO));
                strangers.add(stranger(scene, ""));
            }
            healthy.ending().get(60, TimeUnit.SECONDS);
            scene.assertHungUpOnceAfterHearing(LONG_GOODBYE);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> metrics(scene)
                            .contains("ringdown_carrier_connections_broken_total{reason=\"tls\"} " + strangers.size()
                                    + ".0"));
            for (Socket stranger : strangers) {
                assertThat(heardBy(stranger)).doesNotContain("HTTP");
            }
        }
    }

    private static Socket stranger(Scene scene, String says) throws IOException {
        InetSocketAddress address = scene.testbed.server().address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.getOutputStream().write(says.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** All that it was sent before its connection was closed, which it has been. */
    private static String heardBy(Socket socket) {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
        }
    }

    private static String metrics(Scene scene) throws IOException, InterruptedException {
        int port = scene.testbed.server().operationsAddress().getPort();
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void shouldSaySorryWhenTheModelIsNotWhoItShouldBe() throws Exception {
        try (Scene scene = Scene.over(tls, goodbye("goodbye"), NO_PROTECTION + tls.mistrusting())) {
            scene.play().assertHungUpOnceAfterHearing(SORRY);
            assertThat(scene.testbed.model().sessions()).isEmpty();
        }
    }

    @Test
    void shouldTellTheOperatorHowItIsEncryptedAndWhatIsWrong() throws Exception {
        try (SimulatedModel model = SimulatedModel.start(goodbye("goodbye"), tls.model());
                SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), tls.mistrusting())) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route().over(tls.carrier())));
            call.ending().get(60, TimeUnit.SECONDS);

            assertThat(call.heardAudio()).isEqualTo(SORRY);
            String wrong = "TLS: unable to find valid certification path to requested target";
            assertThat(serve.lines)
                    .anyMatch(line -> line.endsWith("https://voice.example.com/twilio/voice"))
                    .anyMatch(line -> line.startsWith("  ok    tls: by BoringSSL, as CN=voice.example.com until "))
                    .contains("  WARN  model: NOT reachable at 127.0.0.1: " + wrong)
                    .filteredOn(line -> line.contains("model_lost: "))
                    .singleElement()
                    .asString()
                    .matches(".* model_lost: connecting for \\d+ ms, " + wrong + " call_sid=" + call.callSid());
            assertThat(serve.lines).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void shouldNotServeWithAKeyItCannotUse() throws Exception {
        URI nobody = URI.create("ws://127.0.0.1:1/v1/realtime");
        try (ServeProcess serve = ServeProcess.start(
                nobody, URI.create("http://127.0.0.1:1"), "tls: {certificate: no.pem, key: no.pem}\n")) {
            assertThat(serve.exitCode()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(serve.lines).hasSize(2));
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("tls.certificate: no readable file: \"no.pem\""))
                    .anyMatch(line -> line.contains("tls.key: no readable file: \"no.pem\""));
        }
    }
}
