package io.ringdown.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.simulator.model.ModelScript;
import io.ringdown.bridge.simulator.model.Reply;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A goodbye longer than any wait anybody would have guessed. */
class LongGoodbyeIT {
    private static final int LONG_MS = 85_000;

    @Test
    @DisplayName("S15, S42")
    void shouldHearAGoodbyeOf85SecondsToItsEnd() throws Exception {
        byte[] audio = new byte[LONG_MS * 8];
        new SplittableRandom(15).nextBytes(audio);
        ModelScript script = ModelScript.script()
                .greeting(Reply.saying("A long story. Goodbye.", audio).allAtOnce());
        try (Scene scene = Scene.with(script)) {
            scene.play().assertHungUpOnceAfterHearing(audio);
            assertThat(scene.call.heardBytes()).isEqualTo(audio.length);
        }
    }
}
