package io.ringdown.engine.call.goodbye;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodbyeMatcherTest {

    private static final int LONG = 100_000;

    private final GoodbyeMatcher matcher = new GoodbyeMatcher(GoodbyePhrases.defaults());

    static Stream<GoodbyeVector> vectors() {
        return Stream.of("/goodbye-vectors.tsv", "/goodbye-vectors-more.tsv").flatMap(GoodbyeVector::of);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldAnswerEachVector(GoodbyeVector vector) {
        boolean model = vector.speaker().equals("model");
        boolean said = model ? matcher.modelSaysGoodbye(vector.text()) : matcher.callerSaysGoodbye(vector.text());
        String goodbye = model ? "goodbye" : "caller_goodbye";
        assertThat(said ? goodbye : "none").as(vector.text()).isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\t", "\u200F", "\uD83D", "'", "\"", "-", ".-.", "\u05B7", "?"})
    void shouldHearNoGoodbyeInNothing(String nothing) {
        assertThat(matcher.modelSaysGoodbye(nothing)).isFalse();
        assertThat(matcher.callerSaysGoodbye(nothing)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202B\u05DC\u05D4\u05EA\u05E8\u05D0\u05D5\u05EA\u202C",
                "\u2067\u05D1\u05D9\u05D9\u2069!",
                "b\u200By\u00ADe",
                "\uFEFFbye",
                "bye\u00A0bye",
                "\uFB31\u05D9\u05D9",
                "bye\u3002",
                "bye \uFE0F",
            })
    void shouldSeeThroughInvisibleAndComposedCharacters(String goodbye) {
        assertThat(matcher.modelSaysGoodbye(goodbye)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"See you!", "see you tomorrow", "Thanks, CIAO", "באי באי", "ובאי"})
    void shouldHearTheGoodbyesAnOperatorAdds(String text) {
        GoodbyePhrases phrases = GoodbyePhrases.defaults().withGoodbyes(List.of("See you", "ciao", "באי באי", "באי"));
        assertThat(matcher.modelSaysGoodbye(text)).isFalse();
        assertThat(new GoodbyeMatcher(phrases).modelSaysGoodbye(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Goodbye Mrs. Cohen.",
                "Goodbye, Mr. van Dyke",
                "Goodbye Dr. Levi, and thank you",
                "goodbye mr. smith",
                "Goodbye, sir."
            })
    void shouldHearWhomAGoodbyeIsSaidTo(String text) {
        assertThat(matcher.modelSaysGoodbye(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "goodbye mr. smith called about it",
                "goodbye mr. smith what was the address",
                "goodbye mr smith called about it",
                "goodbye sir one more question",
                "goodbye mr smith jones called"
            })
    void shouldNotTakeNewWordsForAName(String text) {
        assertThat(matcher.modelSaysGoodbye(text)).isFalse();
    }

    @Test
    void shouldHoldAnAddedGoodbyeToTheSameRules() {
        GoodbyeMatcher added =
                new GoodbyeMatcher(GoodbyePhrases.defaults().withGoodbyes(List.of("see you", "good night")));
        assertThat(added.modelSaysGoodbye("I don't say good night")).isFalse();
        assertThat(added.modelSaysGoodbye("Good night?")).isFalse();
        assertThat(added.modelSaysGoodbye("See you, but first the address")).isFalse();
        assertThat(added.modelSaysGoodbye("Good night, bye")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!", "* bye", "? bye"})
    void shouldRefuseAPhraseThatStartsWithNoWord(String phrase) {
        GoodbyePhrases phrases = GoodbyePhrases.defaults().withGoodbyes(List.of(phrase));
        assertThatThrownBy(() -> new GoodbyeMatcher(phrases))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + phrase + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a ",
                "bye ",
                "bye, ",
                "bye. thanks for ",
                "not really ",
                "he said ",
                "thank you for the ",
                "have a have an ",
                "\"",
                "'a' ",
                "'a ",
                "bye-",
                "...",
                "?",
                "ביי ו",
                "תודה על ",
                "\u05B0\u05B1",
                "a\u0315\u0300\u05B0",
                "\uFDFA",
                "\uD83D\uDC4B",
            })
    void shouldAnswerALongTranscriptSoon(String piece) {
        String text = piece.repeat(LONG / piece.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            matcher.modelSaysGoodbye(text);
            matcher.callerSaysGoodbye(text + " bye");
        });
    }

    @Test
    void shouldAnswerWhateverItIsGiven() {
        String[] pieces = {
            "bye",
            "ביי",
            "ו",
            "John",
            "a",
            "not",
            "said",
            "mr",
            "thanks for",
            "'",
            "\"",
            "-",
            ".",
            "?",
            " ",
            ",",
            "\uD83D",
            "5"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text =
                    random.ints(8, 0, pieces.length).mapToObj(at -> pieces[at]).collect(Collectors.joining());
            assertThatCode(() -> matcher.callerSaysGoodbye(text)).as(text).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldHearTheGoodbyeAtTheEndOfALongTranscript() {
        String story = "Your order is on its way. ".repeat(4_000);
        assertThat(matcher.modelSaysGoodbye(story + "Goodbye!")).isTrue();
        assertThat(matcher.modelSaysGoodbye("Goodbye! " + story)).isFalse();
        assertThat(matcher.modelSaysGoodbye("Good-b" + "y".repeat(1_000) + "e")).isTrue();
    }
}
