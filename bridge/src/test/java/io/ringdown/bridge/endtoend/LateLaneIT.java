package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that gets its core only now and then, as on a machine that is overrun: the kernel stops it, again and again. */
class LateLaneIT {
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String STRICT =
            Scene.patientBut("late_ms: 1500", "silence_timeout_s: 3600") + "agent: {greeting: ''}\n";
    private static final long BEAT_MS = 100;
    private static final int STOPPED_BEATS = 25;

    private final ScheduledExecutorService kernel = Executors.newSingleThreadScheduledExecutor();
    private int beats;

    @Test
    void shouldTurnCallersAwayWhileItsLaneIsLateAndAnswerThemAgain() throws Exception {
        try (SimulatedModel model = SimulatedModel.start(ModelScript.script().greeting(saying("goodbye")));
                SimulatedCarrier carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
                SimulatedRest rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
                ServeProcess serve = ServeProcess.start(model.uri(), rest.url(), STRICT, "--lanes=1")) {
            SignedCarrier asking = new SignedCarrier(ServeProcess.ACCOUNT, serve.address());
            CarrierCall live = carrier.place(CallPlan.via(serve.route()));
            await().until(() -> model.sessions().stream()
                    .anyMatch(session -> session.record().callerAudioBytes() > 0));
            assertThat(asking.genuineWebhook(CALL)).contains("<Connect>");

            ScheduledFuture<?> stalls =
                    kernel.scheduleAtFixedRate(() -> stall(serve), 0, BEAT_MS, TimeUnit.MILLISECONDS);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> asking.genuineWebhook(CALL).contains("<Reject reason=\"busy\"/>"));
            assertThat(metrics(serve)).contains("ringdown_lane_late{lane=\"lane-0\"} 1.0");
            assertThat(live.isOver()).as("who talks goes on talking").isFalse();
            stalls.cancel(false);
            kernel.submit(() -> signal(serve, "CONT")).get();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> asking.genuineWebhook(CALL).contains("<Connect>"));
            assertThat(serve.lines)
                    .anyMatch(line -> line.contains("lane-0 is late"))
                    .anyMatch(line -> line.contains("lane-0 is on time again"));
            assertThat(metrics(serve))
                    .containsPattern("ringdown_calls_refused_total\\{reason=\"late\"} [1-9]")
                    .contains("ringdown_calls_refused_total{reason=\"capacity\"} 0.0")
                    .contains("ringdown_lane_late{lane=\"lane-0\"} 0.0");
        } finally {
            kernel.shutdownNow();
        }
    }

    private void stall(ServeProcess serve) {
        int beat = beats++ % (STOPPED_BEATS + 1);
        if (beat == 0) {
            signal(serve, "STOP");
        } else if (beat == STOPPED_BEATS) {
            signal(serve, "CONT");
        }
    }

    private static void signal(ServeProcess serve, String name) {
        try {
            serve.signal(name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String metrics(ServeProcess serve) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(serve.operations("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
