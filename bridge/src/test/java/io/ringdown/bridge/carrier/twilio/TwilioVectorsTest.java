package io.ringdown.bridge.carrier.twilio;

import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.SID1;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.SID2;
import static io.ringdown.bridge.carrier.twilio.SpokenTwilio.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Twilio Media Streams may send, well spelt, oddly spelt and wrong. */
class TwilioVectorsTest {
    private static final String SILENCE_20_MS = "/".repeat(213) + "w==";

    static List<Arguments> inStream() {
        return List.of(
                vector("V01 connected", SpokenTwilio.CONNECTED, "connected"),
                vector(
                        "V03 20 ms of silence",
                        media("\"20\"", "\"" + SILENCE_20_MS + "\""),
                        "media " + SILENCE_20_MS + " at 20"),
                vector(
                        "V04 reordered keys and space",
                        "{  \"streamSid\" :\t\"" + SID1 + "\" , \"media\":{ \"payload\":\"/////w==\" ,\n"
                                + " \"timestamp\":\"40\",\"chunk\":\"2\",\"track\":\"inbound\" }, \"sequenceNumber\":\"3\",\"event\" : \"media\" }",
                        "media /////w== at 40"),
                vector("V05 escaped slashes", media("\"60\"", "\"\\/\\/\\/\\/\\/w==\""), "media /////w== at 60"),
                vector(
                        "V06 escaped key and value",
                        "{\"\\u0065vent\":\"med\\u0069a\",\"sequenceNumber\":\"5\",\"media\":{\"track\":\"inbound\",\"chunk\":\"4\","
                                + "\"timestamp\":\"80\",\"p\\u0061yload\":\"\\u002f\\u002F///w\\u003d=\"},\"streamSid\":\""
                                + SID1 + "\"}",
                        "media /////w== at 80"),
                vector(
                        "V07 numbers for strings, extra keys",
                        "{\"event\":\"media\",\"sequenceNumber\":4294967297,\"media\":{\"track\":\"inbound\",\"chunk\":5,\"timestamp\":100,"
                                + "\"payload\":\"/////w==\",\"codec\":{\"x\":[1,2,{}]}},\"streamSid\":\"" + SID1
                                + "\",\"v\":2}",
                        "media /////w== at 100"),
                vector(
                        "V08 wrong types",
                        "{\"event\":\"media\",\"sequenceNumber\":\"7\",\"media\":\"/////w==\",\"streamSid\":12345}",
                        "bad INCOMPLETE"),
                vector(
                        "V09a payload missing",
                        SpokenTwilio.ofStream("media", "{\"track\":\"inbound\",\"timestamp\":\"140\"}"),
                        "bad INCOMPLETE"),
                vector("V09b payload null", media("\"160\"", "null"), "bad INCOMPLETE"),
                vector("V09c payload empty", media("\"180\"", "\"\"")),
                vector(
                        "V11 another stream",
                        media("\"200\"", "\"/////w==\"").replace(SID1, SID2),
                        "bad FOREIGN_STREAM"),
                vector(
                        "V12 another track",
                        media("\"200\"", "\"/////w==\"").replace("inbound", "outbound"),
                        "bad FOREIGN_TRACK"),
                vector("V13a foreign character", media("\"220\"", "\"//*//w==\""), "bad NOT_BASE64"),
                vector("V13b a digit left over", media("\"240\"", "\"/////\""), "bad NOT_BASE64"),
                vector("V13c too much padding", media("\"260\"", "\"/////w===\""), "bad NOT_BASE64"),
                vector("V14a unpadded", media("\"280\"", "\"/////w\""), "media /////w== at 280"),
                vector("V14b spare bits", media("\"300\"", "\"/////x==\""), "media /////w== at 300"),
                vector("V15 huge", media("\"300\"", "\"" + "/".repeat(13_981_016) + "\""), "bad TOO_MUCH_AUDIO"),
                vector(
                        "V16a unknown event",
                        SpokenTwilio.ofStream("transcription", "{\"text\":\"hi\"}"),
                        "bad UNKNOWN_EVENT"),
                vector("V16b array", "[{\"event\":\"media\"}]", "bad NOT_JSON"),
                vector("V16c null", "null", "bad NOT_JSON"),
                vector("V16d empty", "", "bad NOT_JSON"),
                vector(
                        "V16e truncated",
                        "{\"event\":\"media\",\"sequenceNumber\":\"19\",\"media\":{\"track\":\"inbound\",\"pay",
                        "bad NOT_JSON"),
                vector("V17a digit", SpokenTwilio.dtmf("\"#\""), "dtmf #"),
                vector("V17b no digit", SpokenTwilio.dtmf("\"\""), "bad UNKNOWN_DIGIT"),
                vector("V17c two digits", SpokenTwilio.dtmf("\"12\""), "bad UNKNOWN_DIGIT"),
                vector("V18a our mark", SpokenTwilio.mark("g3.m17"), "mark 3 17"),
                vector("V18b unknown mark", SpokenTwilio.mark("never-sent"), "bad UNKNOWN_MARK"),
                vector(
                        "V18c no mark",
                        "{\"event\":\"mark\",\"sequenceNumber\":\"25\",\"streamSid\":\"" + SID1 + "\"}",
                        "bad INCOMPLETE"),
                vector("V19a the same start", SpokenTwilio.START),
                vector("V19b another start", SpokenTwilio.start(SID2), "bad FOREIGN_STREAM"),
                vector("V21 surrogate and NUL", SpokenTwilio.mark("a\\ud800b\\u0000c\\r\\nd"), "bad UNKNOWN_MARK"),
                vector(
                        "V22 twice the same key",
                        media("\"320\"", "\"/////w==\"")
                                .replace("{\"event\":\"media\"", "{\"event\":\"media\",\"event\":\"stop\""),
                        "bad NOT_JSON"));
    }

    private static Arguments vector(String name, String message, String... heard) {
        return Arguments.argumentSet(name, message, List.of(heard));
    }

    private static String media(String timestamp, String payload) {
        return SpokenTwilio.ofStream(
                "media",
                "{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":" + timestamp + ",\"payload\":" + payload + "}");
    }

    @ParameterizedTest
    @MethodSource("inStream")
    void shouldDoWhatTheVectorSays(String message, List<String> heard) {
        HeardMessages messages = HeardMessages.inStream().hear(message);

        assertThat(messages.heard).isEqualTo(heard);
        assertThat(messages.hear(SpokenTwilio.media("AAAA", 7)).heard).endsWith("media AAAA at 7");
    }

    @Test
    void shouldBindTheStreamAtItsStart() { // V02
        HeardMessages messages = new HeardMessages().hear(SpokenTwilio.CONNECTED, SpokenTwilio.START);

        assertThat(messages.heard).containsExactly("connected", "started " + SID1);
        assertThat(messages.start.callSid()).isEqualTo(SpokenTwilio.CALL);
        assertThat(messages.start.accountSid()).isEqualTo(SpokenTwilio.ACCOUNT);
        assertThat(messages.start.parameters()).containsEntry("token", "k7Qp").containsEntry("name", "Zo\u00eb");
    }

    @Test
    void shouldDropWhatComesBeforeTheStart() { // V10
        HeardMessages messages = new HeardMessages()
                .hear(SpokenTwilio.media("/////w==", 0), SpokenTwilio.mark("g0.m1"), STOP, SpokenTwilio.START);

        assertThat(messages.heard)
                .containsExactly("bad BEFORE_START", "bad BEFORE_START", "bad BEFORE_START", "started " + SID1);
    }

    @Test
    void shouldEndOnceAndHearNothingAfterwards() { // V20
        HeardMessages messages =
                HeardMessages.inStream().hear(STOP, STOP, SpokenTwilio.media("/////w==", 20), SpokenTwilio.START, "[");

        assertThat(messages.heard).containsExactly("stopped");
    }

    @Test
    void shouldTakeLoneSurrogatesInParametersAsTheyAre() { // V21
        HeardMessages messages =
                new HeardMessages().hear(SpokenTwilio.START.replace("k7Qp", "a\\ud800b\\u0000c\\r\\nd"));

        assertThat(messages.start.parameters()).containsEntry("token", "a\ud800b\u0000c\r\nd");
    }
}
