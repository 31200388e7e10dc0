package io.ringdown.bridge.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBase64Test {
    @Test
    void shouldKnowTheLengthOfWhatTheEncoderWrites() {
        Random random = new Random(1);
        for (int bytes = 0; bytes < 500; bytes++) {
            byte[] audio = new byte[bytes];
            random.nextBytes(audio);
            assertThat(decodedLength(Base64.getEncoder().encodeToString(audio))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "///",
                "/////w",
                "/////w=",
                "/////w===",
                "/////x==",
                "///9=",
                "//*//w==",
                "__--",
                "=",
                "====",
                "A===",
                "AA=A",
                "=AAA",
                "AA==AAAA",
                "AAA AAA=",
                "AAA\n",
                "A\u00e9AA"
            })
    void shouldRefuseWhatIsNotCanonical(String text) {
        assertThat(decodedLength(text)).isEqualTo(CanonicalBase64.NOT_CANONICAL);
    }

    @Test
    void shouldCallCanonicalExactlyWhatSurvivesARoundTrip() {
        Random random = new Random(2);
        String characters = "AEQgwM/+9x===*";
        int canonical = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] text = new byte[random.nextInt(9)];
            for (int at = 0; at < text.length; at++) {
                text[at] = (byte) characters.charAt(random.nextInt(characters.length()));
            }
            boolean survives = Arrays.equals(text, CanonicalBase64.reencode(text));
            canonical += survives ? 1 : 0;
            assertThat(CanonicalBase64.decodedLength(text, 0, text.length) >= 0)
                    .as(new String(text, ISO_8859_1))
                    .isEqualTo(survives);
        }
        assertThat(canonical).isBetween(1_000, 49_000);
    }

    @Test
    void shouldLookOnlyAtItsPartOfTheBuffer() {
        assertThat(CanonicalBase64.decodedLength("*/////w==*".getBytes(ISO_8859_1), 1, 8))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"/////w,/////w==", "/////x==,/////w==", "AAAA,AAAA"})
    void shouldRepairWhatCanBeDecoded(String text, String repaired) {
        assertThat(CanonicalBase64.reencode(text.getBytes(ISO_8859_1)))
                .asString(ISO_8859_1)
                .isEqualTo(repaired);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//*//w==", "/////", "/////w===", "AA\nA", "-_-_"})
    void shouldNotRepairWhatCannotBeDecoded(String text) {
        assertThat(CanonicalBase64.reencode(text.getBytes(ISO_8859_1))).isNull();
    }

    private static int decodedLength(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return CanonicalBase64.decodedLength(bytes, 0, bytes.length);
    }
}
