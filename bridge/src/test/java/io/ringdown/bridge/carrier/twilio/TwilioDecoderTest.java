package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.SID1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringdown.bridge.json.PlainJson;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioDecoderTest {
    @Test
    void shouldTakeASecondOfAudioAtOnceAndNoMore() {
        HeardMessages messages = HeardMessages.inStream();
        messages.hear(SpokenTwilio.media(SpokenTwilio.payload(8_000), 0));
        messages.hear(SpokenTwilio.media(SpokenTwilio.payload(8_001), 1_000));

        assertThat(messages.heard).hasSize(2);
        assertThat(messages.heard.get(0)).isEqualTo("media " + SpokenTwilio.payload(8_000) + " at 0");
        assertThat(messages.heard.get(1)).isEqualTo("bad TOO_MUCH_AUDIO");
    }

    @Test
    void shouldTakeAudioWithoutTrack() {
        assertThat(heard(SpokenTwilio.ofStream("media", "{\"timestamp\":\"1\",\"payload\":\"AAAA\"}")))
                .isEqualTo("media AAAA at 1");
    }

    @Test
    void shouldLetAudioWithoutTimestampFollowTheAudioBefore() {
        String untimed = SpokenTwilio.ofStream(
                "media", "{\"track\":\"inbound\",\"payload\":\"" + SpokenTwilio.payload(160) + "\"}");
        HeardMessages messages =
                HeardMessages.inStream().hear(SpokenTwilio.media(SpokenTwilio.payload(160), 500), untimed, untimed);

        assertThat(messages.heard.get(1)).endsWith(" at 520");
        assertThat(messages.heard.get(2)).endsWith(" at 540");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "\"\"", "\"soon\"", "1.5", "{}", "true", "1000000000000000000"})
    void shouldDropAudioWithABrokenTimestamp(String timestamp) {
        String media = SpokenTwilio.media("AAAA", 1).replace("\"timestamp\":\"1\"", "\"timestamp\":" + timestamp);

        assertThat(heard(media)).isEqualTo("bad INCOMPLETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[\"inbound\"]", "\"inbound_track\"", "\"\""})
    void shouldDropAudioOfNoSuchTrack(String track) {
        assertThat(heard(SpokenTwilio.media("AAAA", 1).replace("\"inbound\"", track)))
                .isEqualTo("bad FOREIGN_TRACK");
    }

    @ParameterizedTest
    @CsvSource({"5,5", "\"*\",*", "\"A\",A"})
    void shouldTakeAnyKey(String digit, String heard) {
        assertThat(heard(SpokenTwilio.dtmf(digit))).isEqualTo("dtmf " + heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"x\"", "\"E\"", "12", "-1", "\"\\u0661\"", "[\"1\"]"})
    void shouldDropWhatIsNoKey(String digit) {
        assertThat(heard(SpokenTwilio.dtmf(digit))).isEqualTo("bad UNKNOWN_DIGIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streamSid\":\"MZ11111111111111111111111111111111\",\"callSid",
                "\"callSid\":\"CA33333333333333333333333333333333\",",
                "\"accountSid\":\"AC22222222222222222222222222222222\","
            })
    void shouldNotStartWithoutEveryIdentifier(String missing) {
        assertThat(new HeardMessages().hear(SpokenTwilio.START.replace(missing, "")).heard)
                .containsExactly("bad INCOMPLETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CA3\\\"}", "CA/../x", "CA 1", "CA\\u0000", "\u00c4"})
    void shouldNotStartWithAnIdentifierThatCouldBreakOut(String callSid) {
        assertThat(new HeardMessages().hear(SpokenTwilio.START.replace(SpokenTwilio.CALL, callSid)).heard)
                .containsExactly("bad INCOMPLETE");
    }

    @ParameterizedTest
    @CsvSource({
        "audio/x-mulaw,audio/x-alaw,bad FOREIGN_FORMAT",
        "8000,16000,bad FOREIGN_FORMAT",
        "\"channels\":1,\"channels\":2,bad FOREIGN_FORMAT",
        "\"channels\":1,\"channels\":null,bad FOREIGN_FORMAT",
        "8000,\"8000\",started MZ11111111111111111111111111111111",
        "mediaFormat,someFormat,started MZ11111111111111111111111111111111",
        "{\"token\":\"k7Qp\",[\"token\"],bad NOT_JSON"
    })
    void shouldStartOnlyWithTelephoneAudio(String from, String to, String heard) {
        assertThat(new HeardMessages().hear(SpokenTwilio.START.replace(from, to)).heard)
                .containsExactly(heard);
    }

    @Test
    void shouldStartWithoutParametersButNotWithBrokenOnes() {
        String begin = SpokenTwilio.START.substring(0, SpokenTwilio.START.indexOf(",\"customParameters\""));

        assertThat(new HeardMessages().hear(begin + "}}").start.parameters()).isEmpty();
        assertThat(new HeardMessages().hear(begin + ",\"customParameters\":[]}}").heard)
                .containsExactly("bad INCOMPLETE");
        assertThat(new HeardMessages()
                        .hear(begin + ",\"customParameters\":{\"a\":null,\"b\":{},\"c\":7}}}")
                        .start
                        .parameters())
                .containsOnlyKeys("c");
    }

    @Test
    void shouldStartOnceTheFirstGoodStartCame() {
        HeardMessages messages = new HeardMessages()
                .hear("{\"event\":\"start\"}", "{\"event\":\"start\",\"start\":7}", SpokenTwilio.START);

        assertThat(messages.heard).containsExactly("bad INCOMPLETE", "bad INCOMPLETE", "started " + SID1);
    }

    @Test
    void shouldRefuseADeeplyNestedMessage() {
        assertThat(heard("{\"event\":\"stop\",\"streamSid\":\"" + SID1 + "\",\"x\":" + "[".repeat(15) + "]".repeat(15)
                        + "}"))
                .isEqualTo("stopped");
        assertThat(heard("{\"event\":\"stop\",\"streamSid\":\"" + SID1 + "\",\"x\":" + "[".repeat(16) + "]".repeat(16)
                        + "}"))
                .isEqualTo("bad NOT_JSON");
        assertThat(heard("{\"x\":".repeat(10_000))).isEqualTo("bad NOT_JSON");
    }

    @Test
    void shouldNotTakeMessagesForUtf16() {
        HeardMessages messages = HeardMessages.inStream().hear(SpokenTwilio.STOP.getBytes(UTF_16LE));

        assertThat(messages.heard).containsExactly("bad NOT_JSON");
    }

    @Test
    void shouldDropAMarkWhoseNameHasCharactersOfTwoUnits() {
        assertThat(heard(SpokenTwilio.mark("\ud83d\ude00"))).isEqualTo("bad UNKNOWN_MARK");
        assertThat(heard(SpokenTwilio.mark("g1.m1\ud83d\ude00"))).isEqualTo("bad UNKNOWN_MARK");
    }

    @Test
    void shouldDropAKeySpelledTwiceInTwoWays() {
        assertThat(heard("{\"event\":\"stop\",\"\\u0065vent\":\"stop\",\"streamSid\":\"" + SID1 + "\"}"))
                .isEqualTo("bad NOT_JSON");
    }

    /** The quick way and the full parser must not differ: an escape in a foreign name forces the second. */
    @Test
    void shouldHearTheSameHoweverAMessageIsSpelt() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String message = damaged(random);
            String spelt = message.replaceFirst("\\{", "{\"\\\\u0078\":[],");
            HeardMessages quick = HeardMessages.inStream().hear(message);
            HeardMessages full = HeardMessages.inStream().hear(spelt);
            assertThat(quick.heard).as(message).isEqualTo(full.heard);
        }
    }

    @Test
    void shouldMakeNoGarbageOfOrdinaryAudioAndMarks() {
        int[] heard = new int[1];
        TwilioDecoder decoder = new TwilioDecoder(new IgnoredMessages(heard), new PlainJson());
        byte[] start = SpokenTwilio.START.getBytes(UTF_8);
        byte[] media = SpokenTwilio.media(SpokenTwilio.payload(160), 20).getBytes(UTF_8);
        byte[] mark = SpokenTwilio.mark("g3.m17").getBytes(UTF_8);
        decoder.decode(start, start.length);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            decoder.decode(media, media.length);
            decoder.decode(mark, mark.length);
        }
        long perMessage = (threads.getCurrentThreadAllocatedBytes() - before) / 20_000;

        assertThat(heard[0]).isEqualTo(20_000);
        assertThat(perMessage).isZero();
    }

    private record IgnoredMessages(int[] heard) implements TwilioMessages {
        @Override
        public void connected() {}

        @Override
        public void started(StreamStart start) {}

        @Override
        public void media(byte[] text, int offset, int length, long timestampMs) {
            heard[0]++;
        }

        @Override
        public void mark(int generation, int number) {
            heard[0]++;
        }

        @Override
        public void dtmf(String digit) {}

        @Override
        public void stopped() {}

        @Override
        public void bad(BadMessage reason) {}
    }

    private static String damaged(Random random) {
        String whole = random.nextInt(3) == 0
                ? SpokenTwilio.mark("g" + random.nextInt(20) + ".m" + random.nextInt(20))
                : SpokenTwilio.media(SpokenTwilio.payload(random.nextInt(30)), random.nextInt(1_000));
        StringBuilder message = new StringBuilder(whole);
        int at = 1 + random.nextInt(message.length() - 2);
        switch (random.nextInt(4)) {
            case 0 -> message.deleteCharAt(at);
            case 1 -> message.setCharAt(at, "\",:{}0=/ \u00e9".charAt(random.nextInt(10)));
            default -> {} // most are whole
        }
        return message.toString();
    }

    private static String heard(String message) {
        HeardMessages messages = HeardMessages.inStream().hear(message);
        return String.join(", ", messages.heard);
    }
}
