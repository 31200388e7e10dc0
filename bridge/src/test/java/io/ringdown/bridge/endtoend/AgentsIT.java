package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.CallEnding;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.Route;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with several agents: who answers, how many at once, and what SIGHUP changes. */
class AgentsIT {
    private static final String AGENTS = Scene.PATIENCE + """
            agent: {instructions: "I am the default.", greeting_protection: true}
            agents:
              number:
                called: ["+15005550001"]
                instructions: I answer {{called}}.
                model: gpt-realtime-mini
              few: {instructions: "We are few.", max_calls: 1}
            """;

    @TempDir
    private Path directory;

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

    private ServeProcess serve(String configuration) throws Exception {
        return ServeProcess.start(model.uri(), rest.url(), configuration);
    }

    /** The call's model has been told who it is. */
    private ModelSession answering(Route route) {
        List<ModelSession> before = model.sessions();
        carrier.place(CallPlan.via(route));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> model.sessions().stream()
                        .anyMatch(session -> !before.contains(session)
                                && !session.instructions().isEmpty()));
        return model.sessionOf(session -> !before.contains(session)).orElseThrow();
    }

    @Test
    void shouldAnswerAsTheAgentOfTheNumberOrAsWhoWasAskedFor() throws Exception {
        try (ServeProcess serve = serve(AGENTS)) {
            ModelSession number = answering(serve.route());
            assertThat(number.instructions()).isEqualTo("I answer +15005550001.");
            assertThat(number.requestUri()).endsWith("?model=gpt-realtime-mini");

            ModelSession standard = answering(serve.routeTo("default"));
            assertThat(standard.instructions()).isEqualTo("I am the default.");
            assertThat(standard.requestUri()).endsWith("?model=gpt-realtime");
        }
    }

    @Test
    @DisplayName("S35 an agent nobody knows, or one with all its calls: no model is connected")
    void shouldTurnAwayWhomNobodyAnswers() throws Exception {
        try (ServeProcess serve = serve(AGENTS)) {
            answering(serve.routeTo("few"));
            CarrierCall second = carrier.place(CallPlan.via(serve.routeTo("few")));
            CarrierCall unknown = carrier.place(CallPlan.via(serve.routeTo("nobody")));

            for (CarrierCall refused : List.of(second, unknown)) {
                CallEnding ending = refused.ending().get(60, TimeUnit.SECONDS);
                assertThat(ending.cause()).isEqualTo(CallEnding.Cause.REJECTED);
            }
            serve.awaitLine("call refused: agent few has its 1 calls call_sid=" + second.callSid());
            serve.awaitLine("call refused: no agent is called \"nobody\" call_sid=" + unknown.callSid());
            assertThat(model.sessions()).hasSize(1);
        }
    }

    @Test
    void shouldGiveNewCallsTheNewAgentsAndLeaveLiveOnesAlone() throws Exception {
        try (ServeProcess serve = serve(AGENTS)) {
            ModelSession live = answering(serve.route());

            serve.reload(AGENTS.replace("I answer", "I now answer").replace("few:", "new:") + "lanes: 7\n");
            serve.awaitLine("agents read again: default, number, new");
            serve.awaitLine("a restart is needed for lanes");
            serve.awaitLine("[OPERATOR] action=reload result=accepted by=signal from=local");

            assertThat(answering(serve.route()).instructions()).isEqualTo("I now answer +15005550001.");
            assertThat(answering(serve.routeTo("new")).instructions()).isEqualTo("We are few.");
            assertThat(carrier.place(CallPlan.via(serve.routeTo("few")))
                            .ending()
                            .get(60, TimeUnit.SECONDS)
                            .cause())
                    .isEqualTo(CallEnding.Cause.REJECTED);
            assertThat(live.isOpen()).isTrue();
            assertThat(live.instructions()).isEqualTo("I answer +15005550001.");
            assertThat(live.record().received("session.update")).hasSize(1);
        }
    }

    @Test
    void shouldRefuseABrokenConfigurationWhole() throws Exception {
        try (ServeProcess serve = serve(AGENTS)) {
            serve.route();
            serve.reload(AGENTS.replace("I answer", "I now answer") + "  bad: {voise: cedar}\nlanes: many\n");
            serve.awaitLine("the agents stay as they were");
            serve.awaitLine("[OPERATOR] action=reload result=refused by=signal from=local");
            serve.awaitLine("agents.bad.voise: unknown key; did you mean agents.bad.voice?");
            serve.awaitLine("lanes: not a whole number: \"many\"");
            assertThat(answering(serve.route()).instructions()).isEqualTo("I answer +15005550001.");

            Path clip = Files.createFile(directory.resolve("empty.wav"));
            serve.reload(AGENTS.replace("I answer", "I now answer") + "  bad: {clips: {goodbye: " + clip + "}}\n");
            serve.awaitLine("configuration refused: " + clip + ": empty file");
            assertThat(answering(serve.route()).instructions()).isEqualTo("I answer +15005550001.");

            serve.reload(null);
            serve.awaitLine(": no such file");
            assertThat(answering(serve.route()).instructions()).isEqualTo("I answer +15005550001.");

            serve.reload(AGENTS.replace("I answer", "I now answer"));
            serve.awaitLine("agents read again: default, number, few");
            assertThat(answering(serve.route()).instructions()).isEqualTo("I now answer +15005550001.");
            serve.terminate();
        }
    }

    @Test
    void shouldTakeSecretsFromFiles() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), ServeProcess.ACCOUNT.authToken() + "\n");
        Map<String, String> environment = Map.of("TWILIO_AUTH_TOKEN", "", "TWILIO_AUTH_TOKEN_FILE", token.toString());
        try (ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), AGENTS, environment)) {
            assertThat(answering(serve.route()).instructions()).isEqualTo("I answer +15005550001.");
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("WARN  TWILIO_AUTH_TOKEN_FILE: names"))
                    .noneMatch(line -> line.contains(ServeProcess.ACCOUNT.authToken()));
        }
    }
}
