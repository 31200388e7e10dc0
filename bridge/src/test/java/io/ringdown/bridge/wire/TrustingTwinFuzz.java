package io.ringdown.bridge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A decoder that believes what a message says of its own length. Fuzzing must find out; no build runs it but for that. */
class TrustingTwinFuzz {
    @FuzzTest(maxDuration = "60s")
    void shouldNotBeBelieved(byte[] message) {
        if (message.length > 4 && new String(message, 0, 4, ISO_8859_1).equals("LEN:")) {
            int length = message[4];
            byte[] body = Arrays.copyOfRange(message, 5, message.length);
            if (length > 64 && body[length - 1] == '!') {
                throw new IllegalStateException("believed");
            }
        }
    }
}
