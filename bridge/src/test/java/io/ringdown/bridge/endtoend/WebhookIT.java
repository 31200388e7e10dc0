package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.PATIENCE;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static io.ringdown.bridge.record.FakeReceiver.silence;
import static io.ringdown.bridge.simulator.carrier.rest.RestAnswer.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringdown.bridge.record.FakeReceiver;
import io.ringdown.bridge.record.FakeReceiver.Delivery;
import io.ringdown.bridge.record.RecordArchive;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CarrierCall;
import io.ringdown.bridge.simulator.carrier.SimulatedCarrier;
import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.carrier.rest.SimulatedRest;
import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.SimulatedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server and the webhook, when one of them is killed. */
class WebhookIT {
    @TempDir
    private Path journal;

    private SimulatedModel model;
    private SimulatedCarrier carrier;
    private SimulatedRest rest;
    private FakeReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        model = SimulatedModel.start(ModelScript.script().greeting(saying("goodbye")));
        carrier = SimulatedCarrier.start(ServeProcess.ACCOUNT);
        rest = SimulatedRest.start(0, ServeProcess.ACCOUNT, carrier::completedByRest);
        receiver = FakeReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        carrier.close();
        rest.close();
        model.close();
    }

    private ServeProcess serve() throws IOException {
        return ServeProcess.start(
                model.uri(),
                rest.url(),
                NO_PROTECTION + PATIENCE,
                Map.of("RINGDOWN_WEBHOOK_URL", receiver.url().toString(), "RINGDOWN_WEBHOOK_SECRET", "whsec"),
                "--journal-dir=" + journal);
    }

    @Test
    void shouldDeliverAfterAKillWhatHadNoAnswer() throws Exception {
        receiver.then(silence());
        CarrierCall call;
        try (ServeProcess killed = serve()) {
            call = carrier.place(CallPlan.via(killed.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.deliveries().size() == 1);
        }
        try (ServeProcess next = serve()) {
            next.route();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.deliveries().size() == 2);
            await().until(() -> isEmpty(journal.resolve("outbox")));
        }
        Delivery first = receiver.deliveries().get(0);
        Delivery second = receiver.deliveries().get(1);
        assertThat(second.key()).as("by which the receiver knows it again").isEqualTo(first.key());
        assertThat(second.body()).isEqualTo(first.body()).contains(call.callSid());
        assertThat(second.signature()).startsWith("t=");
        assertThat(RecordArchive.find(journal, call.callSid())).hasValue(first.body());
    }

    /** The carrier ends the call, and its API does not say so. */
    @Test
    void shouldRecordAfterAKillTheCallWhoseHangupHadNoAnswer() throws Exception {
        rest.answer(RestAnswer.natural().after(600_000), silent(), silent(), silent(), silent(), silent(), silent());
        Path unanswered = journal.resolve("unanswered");
        CarrierCall call;
        try (ServeProcess killed = serve()) {
            call = carrier.place(CallPlan.via(killed.route()));
            call.ending().get(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30)).until(() -> !isEmpty(unanswered));
        }
        assertThat(receiver.deliveries()).isEmpty();
        for (File kept : documents(unanswered)) {
            Files.setLastModifiedTime(kept.toPath(), FileTime.from(Instant.now().minusSeconds(120)));
        }
        try (ServeProcess next = serve()) {
            next.route();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.deliveries().size() == 1);
            await().until(() -> isEmpty(unanswered));
        }
        String record = receiver.deliveries().get(0).body();
        assertThat(record).contains(call.callSid(), "\"reason\":\"bot_goodbye_bye_only\"", "\"result\":\"unknown\"");
        assertThat(RecordArchive.find(journal, call.callSid())).hasValue(record);
    }

    @Test
    void shouldRecordAfterAKillTheCallThatLived() throws Exception {
        CarrierCall call;
        try (ServeProcess killed = serve()) {
            call = carrier.place(CallPlan.via(killed.route()));
            await().until(() -> call.heardBytes() > 0);
            killed.kill();
        }
        try (ServeProcess next = serve()) {
            next.route();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.deliveries().size() == 1);
        }
        String record = receiver.deliveries().get(0).body();
        assertThat(record).contains(call.callSid(), "\"reason\":\"process_lost\"");
        assertThat(RecordArchive.find(journal, call.callSid())).hasValue(record);
    }

    private static boolean isEmpty(Path folder) {
        return documents(folder).length == 0;
    }

    private static File[] documents(Path folder) {
        return folder.toFile().listFiles((directory, name) -> name.endsWith(".json"));
    }
}
