package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.Account;
import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelEndpoint;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged server as a process: what it prints, how it is watched, and how it stops. */
class ServeProcessIT {
    private static final String LONG_TALK = "agent: {greeting_protection: true}\n";

    private SimulatedModel model;
    private SimulatedCarrier carrier;
    private SimulatedRest rest;

    @BeforeEach
    void start() {
        model = SimulatedModel.start(ModelScript.script().greeting(saying("long_goodbye")));
        carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
        rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
    }

    @AfterEach
    void stop() {
        carrier.close();
        rest.close();
        model.close();
    }

    private ServeProcess serve(String configuration, String... flags) throws IOException {
        return ServeProcess.start(model.uri(), rest.url(), configuration, flags);
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private CarrierCall talking(ServeProcess serve) {
        CarrierCall call = carrier.place(CallPlan.via(serve.route()));
        await().until(() -> call.heardBytes() > 0);
        return call;
    }

    @Test
    void shouldPrintTheWebhookAndWhatIsNotWell() throws Exception {
        try (ServeProcess serve = serve("")) {
            serve.route();
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("https://voice.example.com/twilio/voice"))
                    .anyMatch(line -> line.contains("ok    model: reachable"))
                    .anyMatch(line -> line.contains("open files"));
        }
    }

    @Test
    void shouldSayWhichConditionsAreNotMetWhenAskedForDetail() throws Exception {
        try (ServeProcess serve = serve("", "--log-level=DEBUG")) {
            carrier.place(CallPlan.via(serve.route()));
            serve.awaitLine("[MAYBE_HANGUP] Conditions not met");
        }
    }

    @Test
    void shouldSayThatTheModelCannotBeReached() throws Exception {
        URI nobody = URI.create("ws://127.0.0.1:1/v1/realtime");
        try (ServeProcess serve = ServeProcess.start(nobody, rest.url(), "")) {
            serve.route();
            assertThat(serve.lines).anyMatch(line -> line.contains("WARN  model: NOT reachable"));
        }
    }

    @Test
    void shouldSayThatTheModelRefusesItsKeyAndEndTheCallPolitely() throws Exception {
        ModelEndpoint closed = ModelEndpoint.local().withApiKey("sk-right");
        try (SimulatedModel strict = SimulatedModel.start(any -> ModelScript.script(), closed);
                ServeProcess serve =
                        ServeProcess.start(strict.uri(), rest.url(), "", Map.of("OPENAI_API_KEY", "sk-wrong"))) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            Stage.assertHungUpOnceAfterHearing(rest, call, Speech.clip("en", "model_lost"));
            await().until(() -> serve.lines.stream()
                    .anyMatch(line -> line.contains("the model refuses OPENAI_API_KEY: status=401")));
            assertThat(serve.lines).noneMatch(line -> line.contains("sk-wrong"));
        }
    }

    @Test
    void shouldSayThatTheCarrierRefusesItsTokenAndEndTheCallByItsStream() throws Exception {
        Account other = new Account(ServeProcess.ACCOUNT.sid(), "another token");
        try (SimulatedRest strict = SimulatedRest.start(0, other, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(model.uri(), strict.url(), Scene.NO_PROTECTION)) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            assertThat(call.ending().get().cause()).isEqualTo(CallEnding.Cause.SERVER_CLOSED);
            assertThat(call.heardAudio()).isEqualTo(Scene.LONG_GOODBYE);
            await().until(() -> serve.lines.stream()
                    .anyMatch(line -> line.contains("refuses TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN: status=401")));
        }
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws Exception {
        try (ServeProcess first = serve("")) {
            int port = first.route().address().getPort();
            try (ServeProcess second = serve("", "--listen=127.0.0.1:" + port)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.lines)
                        .singleElement()
                        .satisfies(line ->
                                assertThat(line).startsWith("ringdown: ").contains(":" + port));
            }
        }
    }

    @Test
    void shouldSayThatTheModelsHostIsUnknown() throws Exception {
        URI nowhere = URI.create("wss://no-such-host.invalid/v1/realtime");
        try (ServeProcess serve = ServeProcess.start(nowhere, rest.url(), "", Map.of("OPENAI_API_KEY", "sk-any"))) {
            assertThat(serve.exitCode()).isEqualTo(1);
            assertThat(serve.lines)
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("ringdown: ").contains("no-such-host.invalid"));
        }
    }

    @Test
    void shouldTellItsHealthAndItsMetrics() throws Exception {
        try (ServeProcess serve = serve(LONG_TALK + Scene.PATIENCE)) {
            talking(serve);
            assertThat(get(serve.operations("/health/live")).statusCode()).isEqualTo(200);
            assertThat(get(serve.operations("/health/ready")).statusCode()).isEqualTo(200);
            assertThat(get(serve.operations("/metrics")).body()).contains("ringdown_calls_live 1");
        }
    }

    @Test
    void shouldLetALiveCallFinishAndExitWithNothingWrong() throws Exception {
        try (ServeProcess serve = serve(Scene.NO_PROTECTION + Scene.PATIENCE)) {
            CarrierCall call = talking(serve);
            serve.terminate();
            call.ending().get(30, TimeUnit.SECONDS);
            assertThat(call.heardAudio()).isEqualTo(Scene.LONG_GOODBYE);
            assertThat(serve.exitCode()).isZero();
            assertThat(serve.lines).anyMatch(line -> line.contains("[HANGUP] executed reason=bot_goodbye_bye_only"));
        }
    }

    @Test
    void shouldSayGoodbyeAtTheLimitAndHangUpThroughTheLatch() throws Exception {
        try (ServeProcess serve = serve(LONG_TALK + Scene.patientBut("drain_at_shutdown_s: 1"))) {
            CarrierCall call = talking(serve);
            serve.terminate();
            call.ending().get(30, TimeUnit.SECONDS);
            assertThat(call.ending().get().cause()).isEqualTo(CallEnding.Cause.COMPLETED_BY_REST);
            Stage.assertHungUpOnceAfterHearing(rest, call, Speech.clip("en", "goodbye"));
            assertThat(serve.exitCode()).isZero();
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("draining: the limit has come, 1 calls are told goodbye"))
                    .anyMatch(line -> line.contains("[HANGUP] executed reason=shutdown"));
        }
    }

    @Test
    void shouldDrainForAnOperatorAndStayUntilToldToStop() throws Exception {
        try (ServeProcess serve = serve(Scene.NO_PROTECTION + Scene.PATIENCE)) {
            CarrierCall call = talking(serve);
            assertThat(post(serve.operations("/api/drain")).statusCode()).isEqualTo(202);
            assertThat(get(serve.operations("/health/ready")).body()).contains("draining");
            CarrierCall refused = carrier.place(CallPlan.via(serve.route()));
            assertThat(refused.ending().get(30, TimeUnit.SECONDS).cause()).isEqualTo(CallEnding.Cause.REJECTED);
            call.ending().get(30, TimeUnit.SECONDS);
            assertThat(call.heardAudio()).isEqualTo(Scene.LONG_GOODBYE);
            await().until(() -> serve.lines.stream().anyMatch(line -> line.contains("drained, 0 calls left")));
            assertThat(get(serve.operations("/health/live")).statusCode()).isEqualTo(200);
            serve.terminate();
            assertThat(serve.exitCode()).isZero();
        }
    }

    @Test
    void shouldStopAtOnceWhenToldTwice() throws Exception {
        try (ServeProcess serve = serve(LONG_TALK + Scene.PATIENCE)) {
            CarrierCall call = talking(serve);
            serve.terminate();
            await().until(() -> serve.lines.stream().anyMatch(line -> line.startsWith("stopping")));
            serve.terminate();
            call.ending().get(30, TimeUnit.SECONDS);
            assertThat(rest.requests(call.callSid())).hasSize(1);
            assertThat(serve.exitCode()).isZero();
        }
    }

    @Test
    void shouldRefuseToServeWithAConfigurationItDoesNotUnderstand() throws Exception {
        try (ServeProcess serve = serve("limit: {lead_ms: 400}\nagent: {voice: []}\n")) {
            assertThat(serve.exitCode()).isEqualTo(2);
            assertThat(serve.lines).hasSize(2).allMatch(line -> line.startsWith("ringdown: "));
        }
    }
}
