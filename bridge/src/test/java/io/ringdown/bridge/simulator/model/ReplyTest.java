package io.ringdown.bridge.simulator.model;

import static io.ringdown.bridge.simulator.model.Ending.AUDIO_DONE;
import static io.ringdown.bridge.simulator.model.Ending.RESPONSE_DONE;
import static io.ringdown.bridge.simulator.model.Ending.TRANSCRIPT_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reply looks like on the wire. */
class ReplyTest {
    private static final String DELTA = "response.output_audio.delta";
    private static final String AUDIO_DONE_EVENT = "response.output_audio.done";
    private static final String TRANSCRIPT_DONE_EVENT = "response.output_audio_transcript.done";

    private static final byte[] SPEECH = Sounds.noise(8_801, 3);
    private static final Reply SENTENCE = Reply.saying("Goodbye, then.", SPEECH).allAtOnce();

    private SimulatedModel model;
    private ModelClient client;

    @AfterEach
    void hangUp() {
        client.close();
        model.close();
    }

    @Test
    void shouldSpeakByteForByteInPaddedDeltas() {
        JsonNode done = reply(SENTENCE);
        assertThat(client.audio()).isEqualTo(SPEECH);
        assertThat(client.all(DELTA))
                .allMatch(delta -> delta.path("delta").asText().length() % 4 == 0);
        assertThat(deltaBytes()).containsExactly(2_000, 2_000, 2_000, 2_000, 801);
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.at("/output/0/content/0/transcript").asText()).isEqualTo("Goodbye, then.");
        assertThat(client.await(TRANSCRIPT_DONE_EVENT).path("transcript").asText())
                .isEqualTo("Goodbye, then.");
        assertThat(record().responses().get(0).audio()).isEqualTo(SPEECH);
        assertThat(client.types()).endsWith("response.done");
    }

    @Test
    void shouldSpeakInDeltasOfAnySize() {
        reply(SENTENCE.inDeltasOf(1, 161, 4_001));
        assertThat(deltaBytes()).startsWith(1, 161, 4_001, 1, 161);
        assertThat(client.audio()).isEqualTo(SPEECH);
    }

    @Test
    void shouldSpeakInDeltasAsUnevenAsInTheField() {
        byte[] speech = Sounds.noise(400_000, 8);
        reply(Reply.saying("x", speech).allAtOnce().inUnevenDeltas(42));
        assertThat(client.audio()).isEqualTo(speech);
        double usual = deltaBytes().stream().filter(bytes -> bytes == 2_000).count();
        assertThat(usual / deltaBytes().size()).isBetween(0.7, 0.95);
    }

    @Test
    void shouldSpeakFasterThanRealTimeButNotAtOnce() {
        reply(Reply.saying("x", Sounds.noise(80_000, 8)).atSpeed(20));
        long createdNs = record().sent("response.created").get(0).atNs();
        long lastNs = record().sent(DELTA).get(39).atNs();
        assertThat(lastNs - createdNs).isBetween(487_500_000L, 9_750_000_000L); // those before are 9,750 ms of speech
    }

    @Test
    void shouldEndInTheOrderTold() {
        reply(SENTENCE.endingWith(TRANSCRIPT_DONE, AUDIO_DONE));
        assertThat(client.types()).containsSubsequence(TRANSCRIPT_DONE_EVENT, AUDIO_DONE_EVENT, "response.done");
        assertThat(client.types()).doesNotContain("response.output_item.done");
    }

    @Test
    void shouldEndWithTheTranscriptBehindEverythingWhenTold() {
        reply(SENTENCE.endingWith(AUDIO_DONE, RESPONSE_DONE, TRANSCRIPT_DONE).delaying(TRANSCRIPT_DONE, 30));
        client.await(TRANSCRIPT_DONE_EVENT);
        assertThat(client.types()).containsSubsequence(AUDIO_DONE_EVENT, "response.done", TRANSCRIPT_DONE_EVENT);
        client.createResponse();
        client.await("response.done", 2);
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldEndInARandomOrderWithResponseDoneLast() {
        reply(SENTENCE.endingShuffled(11, 10));
        assertThat(client.types()).endsWith("response.done").contains(AUDIO_DONE_EVENT, TRANSCRIPT_DONE_EVENT);
    }

    @Test
    void shouldKeepItsDoneToItselfAndBeFreeForTheNext() {
        configured(SENTENCE.withoutResponseDone());
        client.createResponse();
        client.await("response.output_item.done");
        client.createResponse();
        client.await("response.created", 2);
        assertThat(client.all("response.done")).isEmpty();
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldEndIncompleteFailedOrCancelledByItself() {
        JsonNode incomplete = reply(SENTENCE.endingIncomplete("content_filter"));
        assertThat(incomplete.path("status").asText()).isEqualTo("incomplete");
        assertThat(incomplete.at("/status_details/reason").asText()).isEqualTo("content_filter");
        assertThat(incomplete.at("/output/0/status").asText()).isEqualTo("incomplete");
        JsonNode failed = say(Reply.failing("insufficient_quota"), 2);
        assertThat(failed.at("/status_details/error/code").asText()).isEqualTo("insufficient_quota");
        assertThat(failed.path("output")).isEmpty();
        JsonNode cancelled = say(SENTENCE.endingCancelled("turn_detected"), 3);
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void shouldSendAudioBehindItsDone() {
        reply(SENTENCE.trailingAfterAudioDone(801));
        assertThat(client.types()).containsSubsequence(DELTA, AUDIO_DONE_EVENT, DELTA, TRANSCRIPT_DONE_EVENT);
        assertThat(client.audio()).isEqualTo(SPEECH);
    }

    @Test
    void shouldSpeakTwoItemsInOneResponse() {
        byte[] more = Sounds.noise(300, 4);
        JsonNode done = reply(SENTENCE.andSaying("Really.", more));
        assertThat(done.path("output")).hasSize(2);
        assertThat(client.all(AUDIO_DONE_EVENT))
                .extracting(e -> e.path("output_index").asInt())
                .containsExactly(0, 1);
        assertThat(client.all(DELTA).stream()
                        .map(e -> e.path("item_id").asText())
                        .distinct())
                .hasSize(2);
        assertThat(record().responses().get(0).items())
                .extracting(SessionRecord.Item::mulaw)
                .containsExactly(SPEECH, more);
    }

    @Test
    void shouldSayGoodbyeWithoutASound() {
        JsonNode done = reply(Reply.textOnly("Bye."));
        assertThat(client.types()).doesNotContain(DELTA, AUDIO_DONE_EVENT).contains(TRANSCRIPT_DONE_EVENT);
        assertThat(done.path("status").asText()).isEqualTo("completed");
    }

    @Test
    void shouldSpeakWithoutATranscript() {
        reply(Reply.saying(null, SPEECH));
        assertThat(client.types())
                .noneMatch(type -> type.contains("transcript"))
                .contains(AUDIO_DONE_EVENT);
    }

    @Test
    void shouldCallAToolAndAnswerItsOutput() {
        model = SimulatedModel.start(ModelScript.script()
                .greeting(Reply.calling("end_call", "{\"reason\":\"the caller is content\"}"))
                .afterTool(Reply.textOnly("Farewell."))
                .whenPrompted(Reply.textOnly("Prompted.")));
        client = ModelClient.configured(model);
        client.createResponse();
        client.await("response.done");
        JsonNode call = client.await("response.function_call_arguments.done");
        assertThat(call.path("name").asText()).isEqualTo("end_call");
        assertThat(call.path("arguments").asText()).isEqualTo("{\"reason\":\"the caller is content\"}");
        assertThat(client.types())
                .containsSubsequence(
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.done");
        client.answerTool(call.path("call_id").asText());
        client.createResponse();
        client.await("response.done", 2);
        client.createResponse();
        client.await("response.done", 3);
        assertThat(client.all(TRANSCRIPT_DONE_EVENT))
                .extracting(event -> event.path("transcript").asText())
                .containsExactly("Farewell.", "Prompted.");
        assertThat(record().toolOutputs())
                .singleElement()
                .matches(output -> output.output().equals("ok"));
        client.answerTool(call.path("call_id").asText());
        client.awaitError("invalid_tool_call_id");
    }

    @Test
    void shouldSpeakAndCallInOneResponse() {
        JsonNode done = reply(SENTENCE.andCalling("end_call", "{}"));
        assertThat(done.path("output"))
                .extracting(item -> item.path("type").asText())
                .containsExactly("message", "function_call");
        assertThat(client.audio()).isEqualTo(SPEECH);
    }

    @Test
    void shouldCallToolsInALoop() {
        JsonNode done = reply(Reply.calling("look_up", "{}").times(337));
        assertThat(done.path("output")).hasSize(337);
        assertThat(client.all("response.function_call_arguments.done"))
                .extracting(event -> event.path("call_id").asText())
                .doesNotHaveDuplicates()
                .hasSize(337);
    }

    @Test
    void shouldSpellTheOldNames() {
        model = SimulatedModel.start(ModelScript.script().betaNames().greeting(SENTENCE));
        client = ModelClient.configured(model);
        client.createResponse();
        client.await("response.done");
        assertThat(client.types())
                .contains(
                        "response.audio.delta",
                        "response.audio.done",
                        "response.audio_transcript.delta",
                        "response.audio_transcript.done",
                        "conversation.item.created")
                .noneMatch(type -> type.contains("output_audio") || type.equals("conversation.item.done"));
    }

    @Test
    void shouldEchoTheMetadataOfItsRequest() {
        configured(SENTENCE);
        client.send("{\"type\":\"response.create\",\"response\":{\"metadata\":{\"ordinal\":\"1\"}}}");
        assertThat(client.await("response.created")
                        .at("/response/metadata/ordinal")
                        .asText())
                .isEqualTo("1");
        client.createResponse();
        assertThat(client.await("response.created", 2)
                        .get(1)
                        .at("/response/metadata")
                        .isNull())
                .isTrue();
    }

    @Test
    void shouldRefuseASecondResponseWhileOneIsActive() {
        configured(Reply.saying("x", Sounds.noise(80_000, 1)).atSpeed(1));
        client.createResponse();
        client.createResponse();
        client.awaitError("conversation_already_has_active_response");
        assertThat(client.all("response.created")).hasSize(1);
    }

    @Test
    void shouldStopWhenCancelled() {
        configured(Reply.saying("a b c d", Sounds.noise(80_000, 1)).atSpeed(1));
        client.createResponse();
        client.await(DELTA);
        client.cancel();
        JsonNode done = client.await("response.done").path("response");
        assertThat(done.at("/status_details/reason").asText()).isEqualTo("client_cancelled");
        assertThat(client.types()).containsSubsequence(AUDIO_DONE_EVENT, TRANSCRIPT_DONE_EVENT, "response.done");
        assertThat(done.at("/output/0/content/0/transcript").asText()).isEqualTo("a ");
        assertThat(record().responses().get(0).audio().length).isLessThan(80_000);
        client.cancel();
        client.awaitError("response_cancel_not_active");
        assertThat(record().cancels())
                .extracting(SessionRecord.Cancel::accepted)
                .containsExactly(true, false);
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldSendLateDeltasAfterACancel() {
        configured(Reply.saying("x", Sounds.noise(80_000, 1))
                .inDeltasOf(160)
                .atSpeed(2)
                .lateForMs(100));
        client.createResponse();
        client.await(DELTA);
        client.cancel();
        client.await("response.done");
        long cancelledNs = record().cancels().get(0).atNs();
        assertThat(record().sent(DELTA).stream().filter(delta -> delta.atNs() > cancelledNs))
                .hasSizeBetween(2, 12);
        client.createResponse();
        client.await("response.created", 2);
    }

    @Test
    void shouldFindNothingToCancelBeforeItWasCreated() {
        configured(SENTENCE.createdAfterMs(300));
        client.createResponse();
        client.cancel();
        client.awaitError("response_cancel_not_active");
        assertThat(client.await("response.done").at("/response/status").asText())
                .isEqualTo("completed");
    }

    @Test
    void shouldCancelOnlyTheResponseNamed() {
        configured(Reply.saying("x", Sounds.noise(80_000, 1)).atSpeed(1));
        client.createResponse();
        String id = client.await("response.created").at("/response/id").asText();
        client.send("{\"type\":\"response.cancel\",\"response_id\":\"resp_other\"}");
        client.awaitError("response_cancel_not_active");
        client.send("{\"type\":\"response.cancel\",\"response_id\":\"" + id + "\"}");
        client.await("response.done");
    }

    @Test
    void shouldTruncateNoFurtherThanWasGenerated() {
        configured(SENTENCE);
        client.createResponse();
        client.await("response.done");
        String itemId = client.await(DELTA).path("item_id").asText();
        client.truncate(itemId, 1_101); // 8,801 bytes are 1,100 ms
        assertThat(client.awaitError("invalid_value").path("message").asText())
                .isEqualTo("Audio content of 1100ms is already shorter than 1101ms");
        client.truncate(itemId, 1_100);
        client.truncate(itemId, 400);
        client.truncate(itemId, 401);
        ModelClient.until(() -> assertThat(record().truncations())
                .extracting(SessionRecord.Truncation::accepted)
                .containsExactly(false, true, true, false));
        assertThat(client.await("conversation.item.truncated", 2)
                        .get(1)
                        .path("audio_end_ms")
                        .asInt())
                .isEqualTo(400);
    }

    @Test
    void shouldPauseInTheMiddle() {
        reply(SENTENCE.atAudioMs(250, Mishap.pause(80)));
        long createdNs = record().sent("response.created").get(0).atNs();
        assertThat(record().sent(DELTA).get(1).atNs() - createdNs).isGreaterThanOrEqualTo(80_000_000L);
        assertThat(client.audio()).isEqualTo(SPEECH);
    }

    @Test
    void shouldCloseBehindAudioDone() {
        configured(SENTENCE.after(AUDIO_DONE, Mishap.error("session_expired")).after(AUDIO_DONE, Mishap.close(1001)));
        client.createResponse();
        client.awaitClose(1001);
        assertThat(client.types()).endsWith(AUDIO_DONE_EVENT, "error");
        assertThat(client.audio()).isEqualTo(SPEECH);
        assertThat(record().closeCode()).isEqualTo(1001);
    }

    @Test
    void shouldVanishInTheMiddleOfItsAudio() {
        configured(SENTENCE.atSpeed(10).atAudioMs(500, Mishap.vanish()));
        client.createResponse();
        client.awaitFailure();
        assertThat(record().sent(DELTA)).hasSize(2);
        assertThat(record().closeCode()).isEqualTo(1006);
    }

    @Test
    void shouldReportAServerErrorAndGoOn() {
        reply(SENTENCE.atAudioMs(0, Mishap.serverError()));
        assertThat(client.await("error").at("/error/type").asText()).isEqualTo("server_error");
        assertThat(client.audio()).isEqualTo(SPEECH);
    }

    @Test
    void shouldDoByHandWhatATestWants() {
        configured(SENTENCE);
        ModelSession session = model.sessions().get(0);
        session.say(Reply.saying("x", Sounds.noise(80_000, 1)).atSpeed(1));
        session.say(SENTENCE);
        client.await("response.done");
        assertThat(client.await("response.created", 2))
                .extracting(e -> e.at("/response/id").asText())
                .doesNotHaveDuplicates();
        session.send("{\"type\":\"response.brand_new.event\"}");
        client.await("response.brand_new.event");
        session.fail(Mishap.error("insufficient_quota"));
        client.awaitError("insufficient_quota");
        session.close(1011);
        client.awaitClose(1011);
    }

    private JsonNode reply(Reply reply) {
        configured(reply);
        client.createResponse();
        return client.await("response.done").path("response");
    }

    private JsonNode say(Reply reply, int responses) {
        model.sessions().get(0).say(reply);
        return client.await("response.done", responses).get(responses - 1).path("response");
    }

    private void configured(Reply greeting) {
        model = SimulatedModel.start(ModelScript.script().greeting(greeting).whenPrompted(greeting));
        client = ModelClient.configured(model);
    }

    private List<Integer> deltaBytes() {
        return record().sent(DELTA).stream().map(SessionRecord.Sent::audioBytes).toList();
    }

    private SessionRecord record() {
        return model.sessions().get(0).record();
    }
}
