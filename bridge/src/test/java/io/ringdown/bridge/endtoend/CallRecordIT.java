package io.ringdown.bridge.endtoend;

import static io.ringdown.bridge.endtoend.Scene.GOODBYE_TEXT;
import static io.ringdown.bridge.endtoend.Scene.NO_PROTECTION;
import static io.ringdown.bridge.endtoend.Scene.PATIENCE;
import static io.ringdown.bridge.endtoend.Scene.say;
import static io.ringdown.bridge.endtoend.Scene.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.record.RecordArchive;
import io.ringdown.bridge.simulator.carrier.CallPlan;
import io.ringdown.bridge.simulator.carrier.CallerAction;
import io.ringdown.bridge.simulator.carrier.CallerScript;
import io.ringdown.bridge.simulator.carrier.rest.RestAnswer;
import io.ringdown.bridge.simulator.model.Mishap;
import io.ringdown.bridge.simulator.model.ModelScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of a call, beside what the call's neighbours saw. */
class CallRecordIT {
    @TempDir
    private Path journal;

    private Scene scene(ModelScript script) throws Exception {
        return Scene.with(script, NO_PROTECTION + PATIENCE + "journal_dir: " + journal + "\n");
    }

    private JsonNode recordOf(ModelScript script) throws Exception {
        return recordOf(script, plan -> plan);
    }

    private JsonNode recordOf(ModelScript script, UnaryOperator<CallPlan> how) throws Exception {
        try (Scene scene = scene(script)) {
            scene.play(how);
            return theRecord(scene);
        }
    }

    /** There is exactly one, however long one looks: the server is stopped before it is counted. */
    private JsonNode theRecord(Scene scene) throws IOException {
        String callSid = scene.call.callSid();
        await().until(() -> RecordArchive.find(journal, callSid).isPresent());
        scene.testbed.server().close();
        assertThat(lines()).hasSize(1);
        JsonNode record = new ObjectMapper().readTree(lines().get(0));
        assertThat(record.path("call_sid").asText()).isEqualTo(callSid);
        return record;
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> days = Files.list(journal.resolve("records"))) {
            return Files.readAllLines(days.findFirst().orElseThrow());
        }
    }

    private static void assertBalanced(JsonNode record) {
        JsonNode caller = record.at("/counters/caller_audio");
        assertThat(caller.path("in_bytes").asLong()).isPositive();
        assertThat(caller.path("in_bytes").asLong()
                        + caller.path("padded_bytes").asLong())
                .isEqualTo(caller.path("forwarded_bytes").asLong()
                        + caller.path("dropped_bytes").asLong());
    }

    @Test
    void shouldHoldTheReceiptOfAGoodbye() throws Exception {
        JsonNode record = recordOf(ModelScript.script().greeting(saying("goodbye")));

        assertThat(record.at("/end/by").asText()).isEqualTo("ringdown");
        assertThat(record.at("/end/reason").asText()).isEqualTo("bot_goodbye_bye_only");
        JsonNode goodbye = record.path("goodbye");
        double lengthMs = Scene.GOODBYE.length / 8.0;
        assertThat(goodbye.path("generated_ms").asDouble()).isEqualTo(lengthMs);
        assertThat(goodbye.path("sent_ms").asDouble()).isEqualTo(lengthMs);
        assertThat(goodbye.path("heard_ms").asDouble()).isEqualTo(lengthMs);
        assertThat(goodbye.path("cut_off_ms").asDouble()).isZero();
        assertThat(goodbye.path("drain").asText()).isEqualTo("mark");
        assertThat(goodbye.at("/mark/echoed_ms").isNumber()).isTrue();
        assertThat(goodbye.path("dead_air_ms").isNumber()).isTrue();
        assertThat(record.at("/hangup/result").asText()).isEqualTo("completed");
        assertThat(record.at("/hangup/attempts").findValuesAsText("status")).containsExactly("200");
        assertThat(record.at("/transcript/0/text").asText()).isEqualTo(GOODBYE_TEXT);
        assertThat(record.at("/transcript/0/cut").asBoolean()).isFalse();
        assertThat(record.at("/responses/0/usage/output_tokens").asInt()).isEqualTo(40);
        assertThat(record.at("/usage/input_tokens").asInt()).isEqualTo(80);
        assertThat(record.path("stream_sid").asText()).startsWith("MZ");
        assertThat(record.at("/model/session_id").asText()).startsWith("sess");
        assertThat(record.path("parameters").has("token")).isFalse();
        assertBalanced(record);
    }

    @Test
    void shouldCutTheWordsOfAResponseWhereTheCallerSpokeOverIt() throws Exception {
        ModelScript script =
                ModelScript.script().greeting(saying("long_goodbye")).turn("Wait, one more thing.", saying("goodbye"));
        JsonNode record =
                recordOf(script, plan -> plan.withScript(CallerScript.SILENT.whileHearing(1_500, say("thanks"))));

        assertThat(record.path("barge_ins")).hasSize(1);
        assertThat(record.at("/barge_ins/0/unheard_ms").asDouble()).isPositive();
        JsonNode cut = record.at("/transcript/0");
        String whole = Speech.line("long_goodbye").text();
        assertThat(cut.path("who").asText()).isEqualTo("model");
        assertThat(cut.path("cut").asBoolean()).isTrue();
        assertThat(whole).startsWith(cut.path("text").asText());
        assertThat(cut.path("text").asText()).isNotEmpty().isNotEqualTo(whole);
        assertThat(record.at("/transcript/1/text").asText()).isEqualTo("Wait, one more thing.");
        assertThat(record.at("/transcript/2/text").asText()).isEqualTo(GOODBYE_TEXT);
        assertThat(record.at("/responses/0/interrupted").asBoolean()).isTrue();
        assertThat(record.at("/end/reason").asText()).isEqualTo("bot_goodbye_bye_only");
        assertThat(record.at("/usage/output_tokens").asInt())
                .as("of both responses")
                .isEqualTo(80);
        assertBalanced(record);
    }

    @Test
    void shouldTellThatTheCallerHungUp() throws Exception {
        JsonNode record = recordOf(
                ModelScript.script().greeting(saying("long_goodbye")),
                plan -> plan.withScript(CallerScript.SILENT.whileHearing(1_000, CallerAction.hangUp())));

        assertThat(record.at("/end/by").asText()).isEqualTo("carrier");
        assertThat(record.at("/end/reason").asText()).isEqualTo("carrier_stop");
        assertThat(record.at("/end/stream").asText()).isEqualTo("stopped");
        assertThat(record.path("hangup").isNull()).isTrue();
        assertThat(record.at("/responses/0/heard_ms").asDouble())
                .isPositive()
                .isLessThan(Scene.LONG_GOODBYE.length / 8.0);
        assertBalanced(record);
    }

    @Test
    void shouldTellThatTheModelWasLost() throws Exception {
        JsonNode record =
                recordOf(ModelScript.script().greeting(saying("greeting").atAudioMs(1_000, Mishap.close(1011))));

        assertThat(record.at("/end/reason").asText()).isEqualTo("model_lost");
        assertThat(record.at("/goodbye/response").asInt()).as("a recording").isZero();
        assertThat(record.at("/goodbye/cut_off_ms").asDouble()).isZero();
        assertThat(record.at("/responses/0/status").asText()).isEqualTo("failed");
        assertThat(record.path("transcript").findValuesAsText("who")).endsWith("recording");
    }

    /** The caller is gone long before the last answer. */
    @Test
    void shouldHoldEveryAnswerOfTheApiThoughTheCallWasOverBefore() throws Exception {
        ModelScript script = ModelScript.script().greeting(saying("goodbye"));
        try (Scene scene = scene(script)) {
            scene.testbed.rest().answer(RestAnswer.unavailable(), RestAnswer.unavailable(), RestAnswer.notInProgress());
            scene.place(plan -> plan);
            await().until(() -> scene.hangups() == 1);
            scene.call.perform(CallerAction.hangUp());
            JsonNode record = theRecord(scene);
            assertThat(record.at("/hangup/result").asText()).isEqualTo("already_over");
            assertThat(record.at("/hangup/attempts").findValuesAsText("status")).containsExactly("503", "503", "400");
        }
    }
}
