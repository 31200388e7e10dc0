package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringdown.bridge.simulator.model.ModelScript.Heard;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The caller's sound, and what the model makes of it. */
class CallerTurnTest {
    private static final String TRANSCRIBED = "conversation.item.input_audio_transcription.completed";
    private static final Reply ANSWER =
            Reply.saying("Yes.", Sounds.noise(4_100, 5)).allAtOnce();
    private static final Reply LONG =
            Reply.saying("A long story", Sounds.noise(80_000, 6)).atSpeed(1);

    private SimulatedModel model;
    private ModelClient client;

    @AfterEach
    void hangUp() {
        client.close();
        model.close();
    }

    @Test
    void shouldHearATurnAndAnswerIt() {
        configured(ModelScript.script().turn("hello", ANSWER));
        speak();
        client.await("response.done");
        assertThat(client.types())
                .containsSubsequence(
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "rate_limits.updated",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_audio.delta",
                        "response.output_audio.done",
                        "response.done");
        JsonNode started = client.await("input_audio_buffer.speech_started");
        assertThat(started.path("audio_start_ms").asInt()).isEqualTo(200);
        assertThat(client.await("input_audio_buffer.speech_stopped")
                        .path("audio_end_ms")
                        .asInt())
                .isEqualTo(1_300);
        assertThat(client.await("input_audio_buffer.committed").path("item_id")).isEqualTo(started.path("item_id"));
        assertThat(client.await(TRANSCRIBED).path("transcript").asText()).isEqualTo("hello");
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldAnswerEachTurnFromTheScript() {
        Reply second = Reply.textOnly("Bye.");
        configured(ModelScript.script().turn("one", ANSWER).turn("two", second));
        speak();
        client.await("response.done");
        speak();
        client.await("response.done", 2);
        assertThat(client.all(TRANSCRIBED))
                .extracting(e -> e.path("transcript").asText())
                .containsExactly("one", "two");
        assertThat(transcripts()).containsExactly("Yes.", "Bye.");
    }

    @Test
    void shouldTranscribeLate() {
        configured(ModelScript.script().turn(Heard.text("hello").after(50), ANSWER));
        speak();
        client.await(TRANSCRIBED);
        assertThat(client.types()).containsSubsequence("response.done", TRANSCRIBED);
    }

    @Test
    void shouldFailToTranscribe() {
        configured(ModelScript.script().turn(Heard.failing("audio_unintelligible"), ANSWER));
        speak();
        JsonNode failed = client.await("conversation.item.input_audio_transcription.failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("audio_unintelligible");
    }

    @Test
    void shouldNeverTranscribe() {
        configured(ModelScript.script().turn(Heard.nothing(), ANSWER));
        speak();
        client.await("response.done");
        assertThat(client.types()).noneMatch(type -> type.contains("transcription"));
    }

    @Test
    void shouldInterruptAResponseStillBeingGenerated() {
        configured(ModelScript.script().greeting(LONG).turn("stop", ANSWER));
        client.createResponse();
        client.await("response.output_audio.delta");
        speak();
        JsonNode done = client.await("response.done").path("response");
        assertThat(done.path("status").asText()).isEqualTo("cancelled");
        assertThat(done.at("/status_details/reason").asText()).isEqualTo("turn_detected");
        client.await("response.done", 2);
        assertThat(client.types())
                .containsSubsequence(
                        "input_audio_buffer.speech_started",
                        "response.output_audio.done",
                        "response.output_item.done",
                        "response.done",
                        "input_audio_buffer.speech_stopped");
    }

    @Test
    void shouldTalkOnWhenItMayNotBeInterrupted() {
        connected(ModelScript.script().greeting(LONG));
        client.send(
                ModelClient.TELEPHONE_UPDATE.replace("\"interrupt_response\":true", "\"interrupt_response\":false"));
        client.createResponse();
        client.await("response.output_audio.delta");
        speak();
        client.awaitError("conversation_already_has_active_response");
        assertThat(record().responses().get(0).status()).isEqualTo("in_progress");
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldLeaveTheAnswerToTheClientWhenToldSo() {
        connected(ModelScript.script().greeting(Reply.textOnly("greeting")).turn("hello", ANSWER));
        client.send(ModelClient.TELEPHONE_UPDATE.replace("\"create_response\":true", "\"create_response\":false"));
        client.await("session.updated");
        speak();
        client.await(TRANSCRIBED);
        assertThat(record().responses()).isEmpty();
        client.createResponse();
        client.await("response.done");
        assertThat(transcripts()).containsExactly("Yes.");
    }

    @Test
    void shouldWaitForACommitWhenTurnsAreTakenByHand() {
        connected(ModelScript.script().turn("by hand", ANSWER));
        client.send(
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":"
                        + "{\"format\":{\"type\":\"audio/pcmu\"},\"turn_detection\":null,\"transcription\":{\"model\":\"whisper-1\"}}}}}");
        client.await("session.updated");
        client.append(Sounds.tone(400));
        client.append(Sounds.silence(1_000));
        client.send("{\"type\":\"input_audio_buffer.commit\"}");
        client.await(TRANSCRIBED);
        assertThat(client.types()).doesNotContain("input_audio_buffer.speech_started", "response.created");
        client.send("{\"type\":\"input_audio_buffer.commit\"}");
        client.awaitError("input_audio_buffer_commit_empty");
    }

    @Test
    void shouldHearNothingWhenDeafUntilATestSaysSo() {
        configured(ModelScript.script().deaf().turn("told", ANSWER));
        speak();
        model.sessions().get(0).speechStarted("item_told");
        model.sessions().get(0).speechStopped();
        client.await("response.done");
        assertThat(client.all("input_audio_buffer.speech_started"))
                .singleElement()
                .matches(event -> event.path("item_id").asText().equals("item_told"));
        assertThat(client.await(TRANSCRIBED).path("item_id").asText()).isEqualTo("item_told");
    }

    @Test
    void shouldPromptOnceTheCallerHasSpokenFirst() {
        configured(ModelScript.script()
                .greeting(Reply.textOnly("greeting"))
                .turn("hello", ANSWER)
                .whenPrompted(Reply.textOnly("prompted")));
        speak();
        client.await("response.done");
        client.createResponse();
        client.await("response.done", 2);
        assertThat(transcripts()).containsExactly("Yes.", "prompted");
    }

    @Test
    void shouldAnswerTheCallerThoughAToolsOutputWaits() {
        configured(ModelScript.script()
                .greeting(Reply.calling("look_up", "{}"))
                .turn("hello", ANSWER)
                .afterTool(Reply.textOnly("after tool"))
                .whenPrompted(Reply.textOnly("prompted")));
        client.createResponse();
        client.await("response.done");
        client.answerTool(client.await("response.function_call_arguments.done")
                .path("call_id")
                .asText());
        speak();
        client.await("response.done", 2);
        client.createResponse();
        client.await("response.done", 3);
        assertThat(transcripts()).containsExactly("Yes.", "prompted");
    }

    @Test
    void shouldTellAListenerOfEachAppend() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        configured(ModelScript.script()
                .countingAudioOnly()
                .onCallerAudio((session, mulaw, atNs) -> sizes.add(mulaw.length)));
        client.append(Sounds.silence(20));
        client.append(Sounds.silence(40));
        ModelClient.until(() -> assertThat(sizes).containsExactly(160, 320));
        assertThat(record().callerAudioBytes()).isEqualTo(480);
        assertThat(record().callerAudio()).isEmpty();
        assertThat(record().received("input_audio_buffer.append")).isEmpty();
    }

    private void connected(ModelScript script) {
        model = SimulatedModel.start(script);
        client = ModelClient.connect(model);
    }

    private void configured(ModelScript script) {
        model = SimulatedModel.start(script);
        client = ModelClient.configured(model);
    }

    /** Half a second of line, 300 ms of voice, half a second of silence. */
    private void speak() {
        client.append(Sounds.silence(500));
        client.append(Sounds.tone(300));
        client.append(Sounds.silence(500));
    }

    private List<String> transcripts() {
        return client.all("response.output_audio_transcript.done").stream()
                .map(event -> event.path("transcript").asText())
                .toList();
    }

    private SessionRecord record() {
        return model.sessions().get(0).record();
    }
}
