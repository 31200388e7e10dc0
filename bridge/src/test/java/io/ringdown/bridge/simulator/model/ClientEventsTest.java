package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session says to events that are wrong; and that it goes on. */
class ClientEventsTest {
    private SimulatedModel model;
    private ModelClient client;

    @BeforeEach
    void connect() {
        model = SimulatedModel.start(ModelScript.script());
        client = ModelClient.configured(model);
    }

    @AfterEach
    void hangUp() {
        client.close();
        model.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "invalid_event | {\"type\":",
                "invalid_event | []",
                "invalid_event | null",
                "invalid_event | {\"type\":\"response.cancel\",\"type\":\"response.create\"}",
                "invalid_event | {\"type\":\"response.cancel\"} {}",
                "missing_required_parameter | {}",
                "invalid_type  | {\"type\":7}",
                "invalid_value | {\"type\":\"response.make\"}",
                "invalid_value | {\"type\":\"output_audio_buffer.clear\"}",
                "unknown_parameter | {\"type\":\"response.create\",\"instructions\":\"x\"}",
                "unknown_parameter | {\"type\":\"response.create\",\"response\":{\"modalities\":[]}}",
                "invalid_type  | {\"type\":\"response.create\",\"response\":[]}",
                "invalid_value | {\"type\":\"response.create\",\"response\":{\"metadata\":{\"a\":1}}}",
                "missing_required_parameter | {\"type\":\"input_audio_buffer.append\"}",
                "invalid_type  | {\"type\":\"input_audio_buffer.append\",\"audio\":[]}",
                "unknown_parameter | {\"type\":\"input_audio_buffer.append\",\"audio\":\"//8=\",\"pts\":1}",
                "input_audio_buffer_commit_empty | {\"type\":\"input_audio_buffer.commit\"}",
                "missing_required_parameter | {\"type\":\"conversation.item.truncate\",\"content_index\":0,\"audio_end_ms\":0}",
                "invalid_type  | {\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":1.5}",
                "invalid_value | {\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":-1}",
                "item_truncate_invalid_item_id | {\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":1}",
                "item_delete_invalid_item_id | {\"type\":\"conversation.item.delete\",\"item_id\":\"i\"}",
                "item_retrieve_invalid_item_id | {\"type\":\"conversation.item.retrieve\",\"item_id\":\"i\"}",
                "invalid_value | {\"type\":\"conversation.item.create\",\"item\":{\"type\":\"audio\"}}",
                "invalid_value | {\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"robot\",\"content\":[]}}",
                "invalid_value | {\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"audio\"}]}}",
                "invalid_value | {\"type\":\"conversation.item.create\",\"previous_item_id\":\"i\",\"item\":{\"type\":\"message\"}}",
                "invalid_tool_call_id | {\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"\"}}",
                "invalid_type  | {\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":{}}}",
            })
    void shouldRefuseByCodeAndGoOn(String code, String event) {
        client.send(event);
        client.awaitError(code);
        assertThat(record().offences()).extracting(SessionRecord.Offence::code).containsExactly(code);
        client.append(Sounds.silence(20));
        ModelClient.until(() -> assertThat(record().callerAudioBytes()).isEqualTo(160));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//*//w==", "/////", "/////w===", "/////w", "/////x==", "//// /w==", "__8="})
    void shouldRefuseCarelessBase64(String base64) {
        client.appendBase64(base64);
        client.awaitError("invalid_value");
        assertThat(record().callerAudioBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "////", "//8=", "/////w==", "\\/\\/8="})
    void shouldTakeCorrectBase64(String base64) {
        client.appendBase64(base64);
        client.createResponse();
        client.await("response.created");
        assertThat(record().offences()).isEmpty();
        assertThat(record().received("input_audio_buffer.append")).hasSize(1);
    }

    @Test
    void shouldKeepAllCallerAudioInOrder() {
        byte[] all = Sounds.noise(1_600, 9);
        for (int at = 0; at < all.length; at += 160) {
            client.append(Arrays.copyOfRange(all, at, at + 160));
        }
        ModelClient.until(() -> assertThat(record().callerAudio()).isEqualTo(all));
        assertThat(record().received("input_audio_buffer.append"))
                .hasSize(10)
                .allMatch(event -> event.audioBytes() == 160 && event.atNs() != 0);
    }

    @Test
    void shouldTakeAppendsUpTo15MiB() {
        int limit = 15 * 1024 * 1024;
        client.appendBase64("/".repeat(limit));
        ModelClient.until(() -> assertThat(record().callerAudioBytes()).isEqualTo(limit / 4 * 3));
        client.appendBase64("/".repeat(limit + 4));
        client.awaitError("invalid_value");
        assertThat(record().callerAudioBytes()).isEqualTo(limit / 4 * 3);
    }

    @Test
    void shouldRefuseBinaryMessages() {
        client.sendBinary(new byte[160]);
        client.awaitError("invalid_event");
        assertThat(record().offences()).hasSize(1);
    }

    @Test
    void shouldEchoTheIdOfTheEventRefused() {
        client.send("{\"type\":\"response.cancel\",\"event_id\":\"mine\"}");
        assertThat(client.awaitError("response_cancel_not_active")
                        .path("event_id")
                        .asText())
                .isEqualTo("mine");
    }

    @Test
    void shouldTakeATextItemAndGiveItBack() {
        client.send(
                "{\"type\":\"conversation.item.create\",\"item\":{\"id\":\"item_1\",\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}}");
        client.send("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"item_1\"}");
        assertThat(client.await("conversation.item.retrieved")
                        .at("/item/content/0/text")
                        .asText())
                .isEqualTo("x");
        client.send("{\"type\":\"conversation.item.delete\",\"item_id\":\"item_1\"}");
        client.await("conversation.item.deleted");
        assertThat(client.types()).containsSubsequence("conversation.item.added", "conversation.item.done");
    }

    private SessionRecord record() {
        return model.sessions().get(0).record();
    }
}
