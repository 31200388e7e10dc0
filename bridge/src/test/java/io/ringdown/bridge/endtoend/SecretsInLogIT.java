package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.record.FakeReceiver;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be logged is logged, Netty's own lines too, while calls go well and badly: nothing secret is in it. */
class SecretsInLogIT {
    private static final String API_KEY = "sk-test-9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    private static final String ADMIN_TOKEN = "operators-only-5c1f0b7e";
    private static final String WEBHOOK_SECRET = "records-only-0d9c8b7a";
    private static final String CALLER = "+15005550006";
    private static final String CALLED = "+15005550001";
    private static final String ASKED = "what is the balance of my secret account";
    private static final String EVERYTHING = """
            <Configuration status="WARN" shutdownHook="disable">
              <Appenders><Console name="console" target="SYSTEM_ERR" direct="true">
                <PatternLayout pattern="%-5level [%thread] %c %m%n%ex"/>
              </Console></Appenders>
              <Loggers><Root level="TRACE"><AppenderRef ref="console"/></Root></Loggers>
            </Configuration>
            """;

    /** 20 ms of audio are 216 characters; a stream token is 64; nothing that people read has so many without a pause. */
    private static final Pattern PAYLOAD = Pattern.compile("[A-Za-z0-9+/]{64,}|[A-Za-z0-9_-]{64,}");

    @Test
    void shouldLogNeitherSecretsNorWhatWasSaid(@TempDir Path folder) throws Exception {
        Path logging = Files.writeString(folder.resolve("trace.xml"), EVERYTHING);
        Map<String, String> environment = Map.of(
                "OPENAI_API_KEY", API_KEY,
                "RINGDOWN_ADMIN_TOKEN", ADMIN_TOKEN,
                "RINGDOWN_WEBHOOK_SECRET", WEBHOOK_SECRET,
                "JDK_JAVA_OPTIONS", "-Dlog4j2.configurationFile=" + logging);
        AtomicReference<ModelScript> script =
                new AtomicReference<>(ModelScript.script().greeting(saying("goodbye")));
        try (FakeReceiver receiver = FakeReceiver.start();
                SimulatedModel model = SimulatedModel.start(
                        any -> script.get(), ModelEndpoint.local().withApiKey(API_KEY));
                SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(
                        model.uri(),
                        rest.url(),
                        Scene.NO_PROTECTION + Scene.PATIENCE + "webhook: {url: \"" + receiver.url() + "\"}\n",
                        environment,
                        "--journal-dir=" + folder.resolve("journal"))) {
            CarrierCall good = end(carrier.place(CallPlan.via(serve.route())));
            assertThat(good.heardBytes()).isEqualTo(Scene.GOODBYE.length);
            rest.answer(RestAnswer.unavailable(), RestAnswer.unavailable(), RestAnswer.unavailable());
            end(carrier.place(CallPlan.via(serve.route())));

            script.set(ModelScript.script().greeting(saying("greeting")).turn(ASKED, saying("goodbye")));
            end(carrier.place(CallPlan.via(serve.route()).withScript(CallerScript.SILENT.afterHearing(300, asking()))));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.deliveries().stream()
                            .anyMatch(delivery -> delivery.body().contains(ASKED)));

            String token = misbehave(serve, model);
            askTheOperatorsWay(serve);
            serve.terminate();
            assertThat(serve.exitCode()).isZero();

            assertThat(serve.lines).anyMatch(line -> line.contains("TRACE") || line.contains("DEBUG"));
            List<String> secrets = List.of(
                    API_KEY,
                    ADMIN_TOKEN,
                    WEBHOOK_SECRET,
                    ASKED,
                    ServeProcess.ACCOUNT.authToken(),
                    base64(ServeProcess.ACCOUNT.sid() + ":" + ServeProcess.ACCOUNT.authToken()),
                    token,
                    CALLER,
                    CALLED,
                    "Bearer ",
                    "Basic ");
            assertThat(serve.lines)
                    .filteredOn(line -> secrets.stream().anyMatch(line::contains))
                    .isEmpty();
            assertThat(serve.lines)
                    .filteredOn(line -> PAYLOAD.matcher(line).find())
                    .isEmpty();
        }
    }

    private static CallerAction asking() {
        byte[] muLaw = Speech.line("question").muLaw();
        return CallerAction.say(io.ringdown.bridge.simulator.carrier.Speech.of(muLaw));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static CarrierCall end(CarrierCall call) throws Exception {
        call.ending().get(60, TimeUnit.SECONDS);
        return call;
    }

    /** A token that is used twice, messages that are none, and a webhook that is forged. */
    private static String misbehave(ServeProcess serve, SimulatedModel model) throws IOException {
        SignedCarrier carrier = new SignedCarrier(ServeProcess.ACCOUNT, serve.address());
        String callSid = "CA00000000000000000000000000000009";
        String token = carrier.token(callSid);
        try (RawSocket stream = carrier.stream();
                RawSocket replay = carrier.stream()) {
            int sessions = model.sessions().size();
            stream.text(carrier.start(callSid, token));
            await().until(() -> model.sessions().size() > sessions);
            stream.text("{\"event\":\"media\",\"media\":{\"payload\":\"" + "AQID".repeat(100) + "!\"}}");
            stream.text("{\"event\":\"media\",\"token\":\"" + token);
            replay.text(carrier.start(callSid, token));
            await().until(replay::isOver);
        }
        carrier.webhook(callSid, "Host: a\r\nX-Twilio-Signature: " + carrier.signature("https://a") + "\r\n");
        return token;
    }

    private static void askTheOperatorsWay(ServeProcess serve) throws IOException, InterruptedException {
        URI metrics = serve.operations("/metrics");
        for (String token : List.of(ADMIN_TOKEN, ADMIN_TOKEN + "x")) {
            HttpRequest request = HttpRequest.newBuilder(metrics)
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        }
    }
}
