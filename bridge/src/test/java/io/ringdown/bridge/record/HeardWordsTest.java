package io.ringdown.bridge.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeardWordsTest {
    private static final String TEXT = "We are open from nine to five.";

    @Test
    void shouldKeepAllThatWasHeardToItsEnd() {
        assertThat(HeardWords.of(TEXT, 8_000, 8_000)).isEqualTo(TEXT);
    }

    @Test
    void shouldKeepNothingOfWhatWasNotHeard() {
        assertThat(HeardWords.of(TEXT, 0, 8_000)).isEmpty();
        assertThat(HeardWords.of(TEXT, 0, 0)).isEmpty();
    }

    @Test
    void shouldLeaveOutAWordThatWasNotFinished() {
        assertThat(HeardWords.of(TEXT, 4_000, 8_000)).isEqualTo("We are open");
        assertThat(HeardWords.of(TEXT, 100, 8_000)).isEmpty();
    }

    @Test
    void shouldCutOtherScriptsBetweenWordsToo() {
        assertThat(HeardWords.of("הפגישה נקבעה ליום שלישי", 4_000, 8_000)).isEqualTo("הפגישה");
    }

    @Test
    void shouldNeverCutWithinACharacter() {
        String faces = "😀😀😀😀";
        for (int heard = 0; heard <= 100; heard++) {
            assertThat(HeardWords.of(faces, heard, 100).codePoints()).allMatch(point -> point == 0x1F600);
        }
    }
}
