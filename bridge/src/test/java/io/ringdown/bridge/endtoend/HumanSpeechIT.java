package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Recording;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.Speech;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.ModelSession;
import io.ringdown.bridge.simulator.model.Reply;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Human speech through the packaged server, both ways, byte for byte. Runs where Debian's asterisk-core-sounds-en-wav is
 * installed.
 */
class HumanSpeechIT {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");

    static boolean isInstalled() throws IOException {
        return Files.isDirectory(SOUNDS) && sound("demo-congrats.wav") != null && sound("vm-goodbye.wav") != null;
    }

    private static Path sound(String name) throws IOException {
        try (Stream<Path> files = Files.walk(SOUNDS)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    @Test
    @EnabledIf("isInstalled")
    void shouldCarryHumanSpeechBothWaysToTheLastByte() throws Exception {
        byte[] caller = Recording.read(sound("demo-congrats.wav")).muLaw();
        byte[] goodbye = Recording.read(sound("vm-goodbye.wav")).muLaw();
        try (SimulatedModel model = SimulatedModel.start(ModelScript.script().deaf());
                SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(
                        model.uri(),
                        rest.url(),
                        "agent: {greeting: ''}\n" + Scene.patientBut("silence_timeout_s: 300"))) {
            CarrierCall call = carrier.place(CallPlan.via(serve.route())
                    .withScript(CallerScript.SILENT.at(500, CallerAction.say(Speech.of(caller)))));
            await().atMost(Duration.ofSeconds(20)).until(() -> !model.sessions().isEmpty());
            ModelSession session = model.sessions().get(0);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> session.record().callerAudioBytes() > caller.length + 8_000);
            session.say(Reply.saying("Goodbye.", goodbye));
            call.ending().get(20, TimeUnit.SECONDS);

            byte[] sent = call.recordedCallerAudio();
            byte[] received = session.record().callerAudio();
            assertThat(Arrays.equals(received, Arrays.copyOf(sent, received.length)))
                    .as("every byte of the caller, in order, from the first")
                    .isTrue();
            assertThat(Arrays.equals(call.heardAudio(), goodbye))
                    .as("the goodbye, to the last byte")
                    .isTrue();
            assertThat(call.cutOffBytes()).isZero();
            assertThat(rest.requests(call.callSid())).hasSize(1);
        }
    }
}
