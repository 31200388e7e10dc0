package io.ringdown.bridge.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A model that is lost in each way there is: the caller hears an apology, and the log says why, once a call. */
class LostModelIT {
    private static final String CONFIGURATION =
            Scene.patientBut("model_connect_timeout_ms: 4000", "session_timeout_ms: 4000");
    private static final byte[] SORRY = Speech.clip("en", "model_lost");

    private final List<RawSocket> open = new ArrayList<>();

    @Test
    void shouldSayWhyTheModelWasLost() throws Exception {
        RawModel model = new RawModel();
        try (SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), CONFIGURATION)) {
            List<CarrierCall> calls = new ArrayList<>();
            CarrierCall refused = place(calls, carrier, serve);
            asked(model).send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));

            CarrierCall unanswered = place(calls, carrier, serve);
            asked(model);

            CarrierCall unconfirmed = place(calls, carrier, serve);
            asked(model).letIn().text(RawCall.CREATED);

            CarrierCall broken = place(calls, carrier, serve);
            RawSocket talking = asked(model).letIn().listening();
            talking.text(RawCall.CREATED);
            talking.text(RawCall.CONFIRMED);
            await().until(() -> talking.received(RawSocket.TEXT).stream()
                    .anyMatch(message -> message.text().contains("input_audio_buffer.append")));
            talking.close(1011);

            model.close();
            CarrierCall unreachable = place(calls, carrier, serve);

            for (CarrierCall call : calls) {
                call.ending().get(60, TimeUnit.SECONDS);
                Stage.assertHungUpOnceAfterHearing(rest, call, SORRY);
            }
            assertSaid(serve, refused, "model_lost: connecting for \\d+ ms, upgrade refused: 503");
            assertSaid(serve, unanswered, "model_lost: connecting for 4\\d\\d\\d ms, no connection: timed out");
            assertSaid(
                    serve,
                    unconfirmed,
                    "model_config_failed: configuring for 4\\d\\d\\d ms, no session.updated: timed out");
            assertSaid(serve, broken, "model_lost: talking for \\d+ ms, closed by the server: 1011");
            assertSaid(serve, unreachable, "model_lost: connecting for \\d+ ms, connect: .*Connection refused.*");
            assertThat(serve.lines)
                    .anyMatch(line ->
                            line.contains("connecting to the model was given up during the upgrade with /127.0.0.1:"
                                    + model.uri().getPort()));
        } finally {
            model.close();
            for (RawSocket each : open) {
                each.close();
            }
        }
    }

    private static CarrierCall place(List<CarrierCall> calls, SimulatedCarrier carrier, ServeProcess serve) {
        CarrierCall call = carrier.place(CallPlan.via(serve.route()));
        calls.add(call);
        return call;
    }

    /** The next connection of a call: at the start, the server only looks whether it can connect. */
    private RawSocket asked(RawModel model) throws Exception {
        RawSocket next;
        try {
            next = model.next();
        } catch (IOException onlyLooking) {
            next = model.next();
        }
        open.add(next);
        return next;
    }

    private static void assertSaid(ServeProcess serve, CarrierCall call, String why) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(serve.lines)
                        .filteredOn(line -> line.contains(" call_sid=" + call.callSid())
                                && line.matches(".* model_(lost|config_failed): .*"))
                        .singleElement()
                        .asString()
                        .matches(".* " + why + " call_sid=" + call.callSid()));
    }
}
