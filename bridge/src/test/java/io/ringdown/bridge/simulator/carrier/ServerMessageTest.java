package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessageTest {
    private static final String SID = "MZ1";

    @Test
    void shouldReadMediaInAnyOrderAndWithEscapes() throws IOException {
        ServerMessage message = read(
                "{ \"media\":{\"payload\":\"\\/\\/\\/\\u002f/w==\"},\n\"streamSid\":\"MZ1\", \"event\":\"media\"}");
        assertThat(message)
                .isInstanceOfSatisfying(
                        ServerMessage.Media.class,
                        media -> assertThat(media.muLaw()).containsOnly(0xFF).hasSize(4));
    }

    @Test
    void shouldReadMarkAndClear() throws IOException {
        assertThat(read("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"g3.m17\"}}"))
                .isEqualTo(new ServerMessage.Mark("g3.m17"));
        assertThat(read("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}")).isEqualTo(new ServerMessage.Clear());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"event\":\"clear\"",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\"}x",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\"}{}",
                "{\"event\":\"clear\"}",
                "{\"event\":\"clear\",\"streamSid\":\"MZ2\"}",
                "{\"event\":\"clear\",\"streamSid\":1}",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\",\"id\":\"1\"}",
                "{\"event\":\"clear\",\"event\":\"clear\",\"streamSid\":\"MZ1\"}",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"a\"}}",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/////w==\"}}",
                "{\"event\":\"stop\",\"streamSid\":\"MZ1\"}",
                "{\"streamSid\":\"MZ1\"}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\"}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":\"a\"}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{}}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":1}}",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"a\",\"id\":\"b\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\"}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":null}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"//*//w==\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/////w\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/////w===\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/////w==\",\"track\":\"outbound\"}}",
            })
    void shouldRefuseWhateverIsNotExactlyAMessage(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    private static ServerMessage read(String text) throws IOException {
        return ServerMessage.read(text.getBytes(StandardCharsets.UTF_8), SID);
    }
}
