package io.ringdown.bridge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringdown.bridge.hangup.HangupReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallDocumentTest {
    private static final Instant OPENED = Instant.parse("2026-11-27T08:00:00Z");

    private static String text(FinishedCall call, Optional<HangupReport> report) {
        return new String(new CallDocument("id-1", call, report, OPENED, false).toJson(), UTF_8);
    }

    private static JsonNode json(FinishedCall call, Optional<HangupReport> report) throws IOException {
        return new ObjectMapper().readTree(text(call, report));
    }

    @Test
    void shouldNameTheCallAndWhoTookPartInIt() throws IOException {
        JsonNode json = json(Finished.byTheCarrier("CA1"), Optional.empty());
        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("id").asText()).isEqualTo("id-1");
        assertThat(json.path("call_sid").asText()).isEqualTo("CA1");
        assertThat(json.path("stream_sid").asText()).isEqualTo("MZ1");
        assertThat(json.path("agent").asText()).isEqualTo("default");
        assertThat(json.path("caller").asText()).isEqualTo("+15550001");
        assertThat(json.path("called").asText()).isEqualTo("+15550002");
        assertThat(json.path("parameters")).hasToString("{\"account\":\"gold\"}");
        assertThat(json.at("/model/session_id").asText()).isEqualTo("sess_1");
    }

    @Test
    void shouldNotHoldTheStreamsToken() {
        assertThat(text(Finished.byTheCarrier("CA1"), Optional.empty())).doesNotContain("spent");
    }

    @Test
    void shouldTellTimesByTheWallClockAndByTheCalls() throws IOException {
        JsonNode json = json(Finished.byTheCarrier("CA1"), Optional.empty());
        assertThat(json.path("opened_at").asText()).isEqualTo("2026-11-27T08:00:00Z");
        assertThat(json.path("started_at").asText()).isEqualTo("2026-11-27T08:00:00.010Z");
        assertThat(json.path("ended_at").asText()).isEqualTo("2026-11-27T08:00:03.100Z");
        assertThat(json.path("duration_ms").asDouble()).isEqualTo(3_100);
    }

    @Test
    void shouldTellThatTheCarrierEndedIt() throws IOException {
        JsonNode json = json(Finished.byTheCarrier("CA1"), Optional.empty());
        assertThat(json.at("/end/by").asText()).isEqualTo("carrier");
        assertThat(json.at("/end/reason").asText()).isEqualTo("carrier_stop");
        assertThat(json.at("/end/claimed_ms").isNull()).isTrue();
        assertThat(json.path("hangup").isNull()).isTrue();
        assertThat(json.path("goodbye").isNull()).isTrue();
    }

    @Test
    void shouldHoldTheReceiptOfTheGoodbyeAndEveryAnswerOfTheApi() throws IOException {
        JsonNode json = json(Finished.byUs("CA1"), Optional.of(Finished.confirmed()));
        assertThat(json.at("/end/reason").asText()).isEqualTo("bot_goodbye_bye_only");
        JsonNode goodbye = json.path("goodbye");
        assertThat(goodbye.path("heard_ms").asDouble()).isEqualTo(1_000);
        assertThat(goodbye.path("cut_off_ms").asDouble()).isZero();
        assertThat(goodbye.path("drain").asText()).isEqualTo("mark");
        assertThat(goodbye.path("via").asText()).isEqualTo("audio.done");
        assertThat(goodbye.at("/mark/name").asText()).isEqualTo("g1.m2");
        assertThat(goodbye.path("dead_air_ms").asDouble())
                .as("to the first request, five after the claim")
                .isEqualTo(15);
        assertThat(json.at("/hangup/result").asText()).isEqualTo("completed");
        assertThat(json.at("/hangup/attempts").findValuesAsText("status")).containsExactly("503", "200");
        assertThat(json.at("/hangup/attempts/1/took_ms").asDouble()).isEqualTo(20);
    }

    @Test
    void shouldSayWhenNobodyKnowsWhatBecameOfTheHangup() throws IOException {
        JsonNode unknown = json(Finished.byUs("CA1"), Optional.empty());
        assertThat(unknown.at("/hangup/result").asText()).isEqualTo("unknown");
        JsonNode without = json(Finished.byUs("CA1"), Optional.of(new HangupReport(Optional.empty(), List.of())));
        assertThat(without.at("/hangup/result").asText()).isEqualTo("no_api");
        assertThat(without.at("/goodbye/dead_air_ms").asDouble()).isEqualTo(10);
    }

    @Test
    void shouldHoldWhatBothSidesSaidAndWhatItCost() throws IOException {
        JsonNode json = json(Finished.byTheCarrier("CA1"), Optional.empty());
        assertThat(json.path("transcript").findValuesAsText("who")).containsExactly("caller", "model");
        assertThat(json.path("transcript").findValuesAsText("text")).containsExactly("That is all.", "Goodbye then.");
        assertThat(json.at("/responses/0/usage/output_tokens").asLong()).isEqualTo(40);
        assertThat(json.at("/usage/input_tokens").asLong()).isEqualTo(80);
        assertThat(json.at("/usage/transcription/input_tokens").asLong()).isEqualTo(12);
    }

    @Test
    void shouldLeaveOutWhatWasSaidWhereItShall() throws IOException {
        FinishedCall call = Finished.byTheCarrier("CA1");
        byte[] document = new CallDocument("id-1", call, Optional.empty(), OPENED, true).toJson();
        JsonNode transcript = new ObjectMapper().readTree(document).path("transcript");
        assertThat(transcript.findValuesAsText("text")).containsExactly("[redacted]", "[redacted]");
        assertThat(transcript.at("/1/heard_ms").asDouble()).isEqualTo(1_000);
        assertThat(new String(document, UTF_8)).doesNotContain("Goodbye then").doesNotContain("That is all");
    }

    @Test
    void shouldStayOneLineOfValidJsonWhateverAPeerSaid() throws IOException {
        String odd = "one\ntwo\u2028\"three\\ \ud83d\ude00 \ud800 end\u0000";
        FinishedCall call = Finished.saying("CA1", odd);
        assertThat(text(call, Optional.empty())).doesNotContain("\n");
        assertThat(json(call, Optional.empty()).at("/transcript/1/text").asText())
                .startsWith("one\ntwo\u2028\"three\\ \ud83d\ude00 ? end");
    }
}
