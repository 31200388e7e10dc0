package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.model.ModelScript.Configuring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguringTest {
    private SimulatedModel model;
    private ModelClient client;

    @AfterEach
    void hangUp() {
        client.close();
        model.close();
    }

    @Test
    void shouldAnswerWithTheWholeEffectiveConfiguration() {
        connect(Configuring.accepting());
        client.send(ModelClient.TELEPHONE_UPDATE);
        var session = client.await("session.updated").path("session");
        assertThat(session.at("/audio/output/format")).hasToString("{\"type\":\"audio/pcmu\"}");
        assertThat(session.at("/audio/input/turn_detection/silence_duration_ms").asInt())
                .isEqualTo(500);
        assertThat(session.path("id").asText()).startsWith("sess_");
        assertThat(session.path("parallel_tool_calls").isMissingNode()).isTrue();
        assertThat(record().offences()).isEmpty();
    }

    @Test
    void shouldChangeOnlyTheFieldsPresent() {
        connect(Configuring.accepting());
        client.send(ModelClient.TELEPHONE_UPDATE);
        client.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"instructions\":\"new\"}}");
        var session = client.await("session.updated", 2).get(1).path("session");
        assertThat(session.at("/audio/output/voice").asText()).isEqualTo("marin");
        assertThat(session.path("instructions").asText()).isEqualTo("new");
    }

    @Test
    void shouldRefuseAndApplyNothingWhenTold() {
        connect(Configuring.refusing("invalid_value"));
        client.send(ModelClient.TELEPHONE_UPDATE);
        assertThat(client.awaitError("invalid_value").path("event_id").asText()).isEqualTo("cfg-1");
        assertThat(record().offences()).isEmpty();
        assertThat(client.all("session.updated")).isEmpty();
    }

    @Test
    void shouldReportAnotherFormatThanAskedWhenTold() {
        connect(Configuring.mismatching());
        client.send(ModelClient.TELEPHONE_UPDATE);
        var session = client.await("session.updated").path("session");
        assertThat(session.at("/audio/output/format/type").asText()).isEqualTo("audio/pcm");
    }

    @Test
    void shouldSayNothingWhenTold() {
        connect(Configuring.ignoring());
        client.send(ModelClient.TELEPHONE_UPDATE);
        client.send("{\"type\":\"input_audio_buffer.clear\"}");
        client.await("input_audio_buffer.cleared");
        assertThat(client.all("session.updated")).isEmpty();
        assertThat(record().received("session.update")).hasSize(1);
    }

    @Test
    void shouldAnswerLateWhenTold() {
        connect(Configuring.accepting().after(50));
        client.send(ModelClient.TELEPHONE_UPDATE);
        client.await("session.updated");
        long askedNs = record().received("session.update").get(0).atNs();
        assertThat(record().sent("session.updated").get(0).atNs() - askedNs).isGreaterThanOrEqualTo(50_000_000L);
    }

    @Test
    void shouldHoldEarlyAudioAndAnEarlyResponseAgainstTheClient() {
        model = SimulatedModel.start(ModelScript.script().greeting(Reply.textOnly("Hi")));
        client = ModelClient.connect(model);
        client.append(Sounds.tone(20));
        client.createResponse();
        client.send(ModelClient.TELEPHONE_UPDATE);
        client.await("session.updated");
        client.append(Sounds.tone(40));
        ModelClient.until(() -> assertThat(record().callerAudio()).isEqualTo(Sounds.tone(40)));
        assertThat(record().earlyAudioBytes()).isEqualTo(160);
        assertThat(record().offences())
                .extracting(SessionRecord.Offence::code)
                .containsExactly("audio_before_session_updated", "response_before_session_updated");
    }

    @Test
    void shouldSpeakPcmUntilConfigured() {
        byte[] speech = Sounds.noise(2_500, 7);
        model = SimulatedModel.start(ModelScript.script().greeting(Reply.saying("Hi", speech)));
        client = ModelClient.connect(model);
        client.createResponse();
        client.await("response.done");
        assertThat(client.audio()).isEqualTo(MuLaw.toPcm24k(speech));
        assertThat(record().responses().get(0).audio()).isEqualTo(speech);
    }

    @Test
    void shouldFreezeTheVoiceOnceItSpoke() {
        connect(Configuring.accepting());
        client.send(ModelClient.TELEPHONE_UPDATE);
        client.createResponse();
        client.await("response.done");
        client.send(ModelClient.TELEPHONE_UPDATE.replace("marin", "ash"));
        client.awaitError("cannot_update_voice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing_required_parameter | {\"type\":\"session.update\"}",
                "missing_required_parameter | {\"type\":\"session.update\",\"session\":{}}",
                "invalid_type  | {\"type\":\"session.update\",\"session\":\"x\"}",
                "invalid_value | {\"type\":\"session.update\",\"session\":{\"type\":\"transcription\"}}",
                "unknown_parameter | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"temperature\":1}}",
                "unknown_parameter | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"input_audio_format\":\"g711_ulaw\"}}",
                "invalid_value | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\",\"audio\"]}}",
                "invalid_value | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"output\":{\"format\":{\"type\":\"g711_ulaw\"}}}}}",
                "invalid_value | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":2}}}}}",
                "invalid_type  | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":[]}}",
                "invalid_value | {\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"max_output_tokens\":5000}}",
            })
    void shouldRefuseAnUpdateThatIsWrong(String code, String update) {
        connect(Configuring.accepting());
        client.send(update);
        client.awaitError(code);
        assertThat(client.all("session.updated")).isEmpty();
        assertThat(record().offences()).hasSize(1);
    }

    private void connect(Configuring how) {
        model = SimulatedModel.start(ModelScript.script().configuring(how));
        client = ModelClient.connect(model);
    }

    private SessionRecord record() {
        return model.sessions().get(0).record();
    }
}
