package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.json.PlainJson;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaShapeTest {
    private static final int MESSAGES = 300_000;

    /** Of another shape than a carrier's, so that who heard it first reads every later message whole. */
    private static final String SHAPELESS =
            SpokenTwilio.ofStream("media", "{\"timestamp\":\"500\",\"payload\":\"AAAA\"}");

    private final Random random = new Random(1);

    @Test
    void shouldMeanTheSameAsReadingEveryMessageWhole() {
        HeardMessages byShape = HeardMessages.inStream().hear(media("2", "1", "500", "AAAA"));
        HeardMessages whole = HeardMessages.inStream().hear(SHAPELESS);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = likeMedia().getBytes(ISO_8859_1);
            byShape.heard.clear();
            whole.heard.clear();
            byShape.hear(message);
            whole.hear(message);
            assertThat(byShape.heard).as(new String(message, ISO_8859_1)).isEqualTo(whole.heard);
        }
    }

    /** A media message, or nearly one: values at their bounds, then up to three bytes changed, added or left out. */
    private String likeMedia() {
        StringBuilder text = new StringBuilder(media(number(), number(), number(), payload()));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            char character =
                    random.nextInt(4) > 0 ? "\"\\{}:,09aA+/= ".charAt(random.nextInt(14)) : (char) random.nextInt(256);
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, character);
                case 1 -> text.insert(at, character);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private String number() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "9".repeat(17 + random.nextInt(3));
            case 2 -> "007";
            default -> Integer.toString(random.nextInt(100_000));
        };
    }

    private String payload() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "AA==";
            case 2 -> "AB==";
            default -> SpokenTwilio.payload(random.nextInt(8) * 3);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3707", "999999999999999999"})
    void shouldRecogniseTheMessagesOfOneStream(String number) {
        byte[] first = media("2", "1", "20", "AAAA").getBytes(ISO_8859_1);
        byte[] next = media(number, number, number, "/////w==").getBytes(ISO_8859_1);
        MediaShape shape = shapeOf(first);

        assertThat(shape.matches(first, first.length)).isTrue();
        assertThat(shape.matches(next, next.length)).isTrue();
        assertThat(shape.timestampMs()).isEqualTo(Long.parseLong(number));
        assertThat(new String(next, shape.payloadStart(), shape.payloadLength(), ISO_8859_1))
                .isEqualTo("/////w==");
    }

    @Test
    void shouldNotRecogniseAnotherStreamsMessages() {
        MediaShape shape = shapeOf(media("2", "1", "20", "AAAA").getBytes(ISO_8859_1));
        byte[] foreign = media("2", "1", "20", "AAAA")
                .replace(SpokenTwilio.SID1, SpokenTwilio.SID2)
                .getBytes(ISO_8859_1);

        assertThat(shape.matches(foreign, foreign.length)).isFalse();
    }

    private static MediaShape shapeOf(byte[] text) {
        PlainJson json = new PlainJson();
        assertThat(json.scan(text, 0, text.length)).isTrue();
        int media = json.member(PlainJson.TOP, TwilioDecoder.ascii("media"));
        int timestamp = json.member(media, TwilioDecoder.ascii("timestamp"));
        return MediaShape.of(
                text, text.length, json, media, timestamp, json.member(media, TwilioDecoder.ascii("payload")));
    }

    /** As Twilio writes it. */
    private static String media(String sequenceNumber, String chunk, String timestamp, String payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + sequenceNumber
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + timestamp
                + "\",\"payload\":\"" + payload + "\"},\"streamSid\":\"" + SpokenTwilio.SID1 + "\"}";
    }
}
