package io.ringdown.bridge.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.ringdown.bridge.json.PlainJson.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final PlainJson json = new PlainJson();
    private byte[] text;

    @Test
    void shouldFindMembersOfTheObjectAndOfObjectsInIt() {
        assertThat(scan("{\"a\" : \"x\",\n\"b\":{\"a\":\"deep\", \"n\":-1.5e+3 },\t\"c\":null,\"d\":{} } "))
                .isTrue();

        int b = json.member(PlainJson.TOP, bytes("b"));
        assertThat(value(json.member(PlainJson.TOP, bytes("a")))).isEqualTo("x");
        assertThat(json.kind(b)).isEqualTo(Kind.OBJECT);
        assertThat(value(b)).isEqualTo("{\"a\":\"deep\", \"n\":-1.5e+3 }");
        assertThat(json.is(json.member(b, bytes("a")), bytes("deep"))).isTrue();
        assertThat(value(json.member(b, bytes("n")))).isEqualTo("-1.5e+3");
        assertThat(json.kind(json.member(PlainJson.TOP, bytes("c")))).isEqualTo(Kind.NULL);
        assertThat(json.kind(json.member(PlainJson.TOP, bytes("d")))).isEqualTo(Kind.OBJECT);
    }

    @Test
    void shouldAnswerForWhatIsAbsent() {
        assertThat(scan("{\"a\":{\"b\":\"c\"}}")).isTrue();

        int absent = json.member(PlainJson.TOP, bytes("b"));
        assertThat(absent).isEqualTo(PlainJson.ABSENT);
        assertThat(json.kind(absent)).isNull();
        assertThat(json.is(absent, bytes("c"))).isFalse();
        assertThat(json.number(absent)).isEqualTo(PlainJson.NO_NUMBER);
        assertThat(json.member(absent, bytes("a"))).isEqualTo(PlainJson.ABSENT);
    }

    @Test
    void shouldReadWholeNumbersAlsoOutOfStrings() {
        assertThat(number("0")).isZero();
        assertThat(number("4294967297")).isEqualTo(4_294_967_297L);
        assertThat(number("\"0042\"")).isEqualTo(42);
        assertThat(number("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "1.0", "1e2", "1000000000000000000", "\"\"", "\" 1\"", "\"1a\"", "true", "null", "{}"})
    void shouldHaveNoNumberForAnythingElse(String value) {
        assertThat(number(value)).isEqualTo(PlainJson.NO_NUMBER);
    }

    @Test
    void shouldReadOnlyItsPartOfTheBuffer() {
        byte[] buffer = bytes("{{\"a\":\"b\"}}");

        assertThat(json.scan(buffer, 1, buffer.length - 2)).isTrue();
        assertThat(json.start(json.member(PlainJson.TOP, bytes("a")))).isEqualTo(7);
    }

    @Test
    void shouldForgetTheTextBefore() {
        assertThat(scan("{\"a\":\"b\"}")).isTrue();
        assertThat(scan("{\"a\":\"b\"")).isFalse();

        assertThat(json.member(PlainJson.TOP, bytes("a"))).isEqualTo(PlainJson.ABSENT);
    }

    @Test
    void shouldLetTheSameNameStandInDifferentObjects() {
        assertThat(scan("{\"a\":{\"a\":1},\"b\":{\"a\":2}}")).isTrue();
    }

    @Test
    void shouldLeaveLongNamesAndNumbersAndManyMembersToJackson() {
        assertThat(scan("{\"" + "n".repeat(64) + "\":" + "1".repeat(32) + "}")).isTrue();
        assertThat(scan("{\"" + "n".repeat(65) + "\":1}")).isFalse();
        assertThat(scan("{\"n\":" + "1".repeat(33) + "}")).isFalse();
        assertThat(scan(objectOf(32))).isTrue();
        assertThat(scan(objectOf(33))).isFalse();
    }

    @Test
    void shouldSeeAStopperAtEveryPlaceOfALongString() {
        for (int i = 0; i < 40; i++) {
            for (char stopper : new char[] {'"', '\\', 0, 0x1F, 0x7F, 0x80, 0xFF}) {
                StringBuilder string = new StringBuilder("/".repeat(40));
                string.setCharAt(i, stopper);
                assertThat(scan("{\"a\":\"" + string + "\"}"))
                        .as("%d at %d", (int) stopper, i)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "1",
                "{",
                "}",
                "{}{}",
                "{},",
                "{}x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,,\"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":\"b}",
                "{\"a\":[1]}",
                "{\"a\":{\"b\":{}}}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\\u0062\":1}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\u00e9\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":1e+-1}",
                "{\"a\":+1}",
                "{\"a\":1x}",
                "{\"a\":tru}",
                "{\"a\":truee}",
                "{\"a\":True}",
                "{\"a\":NaN}",
                "{\"a\":1/**/}",
                "{\"a\":1}\0",
                "\u000c{}",
                "{\u00a0}"
            })
    void shouldNotTakeForPlainWhatIsNot(String document) {
        assertThat(scan(document)).isFalse();
    }

    @Test
    void shouldMeanWhatJacksonMeans() {
        Random random = new Random(20_260_101);
        int plain = 0;
        int damagedAndPlain = 0;
        for (int i = 0; i < 20_000; i++) {
            String document = new RandomJson(random).document();
            plain += agrees(document) ? 1 : 0;
            damagedAndPlain += agrees(damaged(document, random)) ? 1 : 0;
        }
        assertThat(plain).isGreaterThan(2_000);
        assertThat(damagedAndPlain).isGreaterThan(200);
    }

    /** Returns whether the document is plain; if so, every member is compared. */
    private boolean agrees(String document) {
        if (!scan(document)) {
            return false;
        }
        JsonNode node;
        try {
            node = JACKSON.readTree(text);
        } catch (JsonProcessingException refused) {
            throw new AssertionError("plain, but not JSON: " + document, refused);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
        compare(node, PlainJson.TOP, document);
        return true;
    }

    private void compare(JsonNode object, int parent, String document) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            int index = json.member(parent, bytes(field.getKey()));
            JsonNode value = field.getValue();
            assertThat(json.kind(index)).as(document).isEqualTo(kind(value));
            if (value.isTextual()) {
                assertThat(value(index)).as(document).isEqualTo(value.textValue());
            } else if (value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value(index).length() <= 18) {
                assertThat(json.number(index))
                        .as(document)
                        .isEqualTo(value(index).startsWith("-") ? PlainJson.NO_NUMBER : value.longValue());
            } else if (value.isObject()) {
                compare(value, index, document);
            }
        }
    }

    private static Kind kind(JsonNode value) {
        if (value.getNodeType() == JsonNodeType.BOOLEAN) {
            return value.booleanValue() ? Kind.TRUE : Kind.FALSE;
        }
        return Kind.valueOf(value.getNodeType().name());
    }

    private static String damaged(String document, Random random) {
        StringBuilder damaged = new StringBuilder(document);
        int at = random.nextInt(damaged.length());
        String characters = "\"\\{}[],:0123456789-+.eE \n\ttruefalsn\u00e9\u0000\u007f";
        char character = characters.charAt(random.nextInt(characters.length()));
        switch (random.nextInt(3)) {
            case 0 -> damaged.setCharAt(at, character);
            case 1 -> damaged.insert(at, character);
            default -> damaged.deleteCharAt(at);
        }
        return damaged.toString();
    }

    private static String objectOf(int members) {
        StringBuilder document = new StringBuilder("{\"0\":0");
        for (int i = 1; i < members; i++) {
            document.append(",\"").append(i).append("\":").append(i);
        }
        return document.append('}').toString();
    }

    private long number(String value) {
        assertThat(scan("{\"n\":" + value + "}")).isTrue();
        return json.number(json.member(PlainJson.TOP, bytes("n")));
    }

    private boolean scan(String document) {
        text = bytes(document);
        return json.scan(text, 0, text.length);
    }

    private String value(int index) {
        return new String(text, json.start(index), json.length(index), ISO_8859_1);
    }

    private static byte[] bytes(String string) {
        return string.getBytes(ISO_8859_1);
    }
}
