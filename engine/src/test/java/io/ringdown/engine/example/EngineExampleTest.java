package io.ringdown.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EngineExampleTest {
    @Test
    void shouldHangUpOnceTheGoodbyeIsHeard() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        EngineExample.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "model: connect",
                        "model: configure",
                        "caller: audio, 2000 bytes",
                        "caller: mark 1.1",
                        "the caller heard it",
                        "model: closed",
                        "carrier: hang up CA1, BOT_GOODBYE_BYE_ONLY",
                        "caller: clear",
                        "caller: closed",
                        "over: CA1, BOT_GOODBYE_BYE_ONLY");
    }
}
