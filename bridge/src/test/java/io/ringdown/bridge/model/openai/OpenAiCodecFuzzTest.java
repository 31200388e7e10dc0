package io.ringdown.bridge.model.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringdown.bridge.wire.SameMeaning;

/** Any bytes at all: nothing is thrown, nothing changed or kept, and what is heard is what Jackson means. A line is a message. */
class OpenAiCodecFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void shouldMeanWhatJacksonMeans(byte[] lines) {
        ModelConversation conversation = new ModelConversation();
        for (String line : new String(lines, ISO_8859_1).split("\n", -1)) {
            SameMeaning.compared(conversation, line.getBytes(ISO_8859_1));
        }
    }
}
