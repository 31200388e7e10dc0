package io.ringdown.bridge.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainAppendTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'input_audio_buffer.append','audio':'//8='}",
                "{'type': 'input_audio_buffer.append', 'audio': '//8='}"
            })
    void shouldReadWhatWritersOfJsonWrite(String text) {
        assertThat(PlainAppend.audio(utf8(text))).containsExactly(0xFF, 0xFF);
    }

    /** Good or bad, the strict reader is to say so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'type':'input_audio_buffer.append','audio':''}",
                "{'audio':'//8=','type':'input_audio_buffer.append'}",
                "{'type':'input_audio_buffer.append','audio':'//8=','event_id':'e'}",
                "{'type':'input_audio_buffer.append','audio':'//8=','pts':'1'}",
                "{'type':'input_audio_buffer.append','audio':'//8'}",
                "{'type':'input_audio_buffer.append','audio':'//9='}",
                "{'type':'input_audio_buffer.append','audio':'//8=','audio':'//8='}",
                "{'type':'input_audio_buffer.append','audio':'////",
                "{'type':'input_audio_buffer.commit'}"
            })
    void shouldLeaveAllElseToTheStrictReader(String text) {
        assertThat(PlainAppend.audio(utf8(text))).isNull();
    }

    private static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
