package io.ringdown.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.audio.Speech.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTest {
    private static final List<String> CLIPS = List.of("silence_timeout", "max_duration", "model_lost", "goodbye");
    private static final List<String> MODEL =
            List.of("greeting", "answer", "correction", "goodbye", "long_goodbye", "goodbye_he");
    private static final List<String> CALLER =
            List.of("question", "interruption", "thanks", "question_he", "thanks_he");

    @Test
    void shouldSpeakEachClipInBothLanguages() {
        for (String clip : CLIPS) {
            assertThat(Speech.clip("he", clip)).isNotEqualTo(Speech.clip("en", clip));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"he-IL", "HE", "iw"})
    void shouldKnowHebrewHoweverItIsTagged(String language) {
        assertThat(Speech.clip(language, "goodbye")).isEqualTo(Speech.clip("he", "goodbye"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "", "../simulator/speech", "nonsense in a field"})
    void shouldSayItInEnglishRatherThanNotAtAll(String language) {
        assertThat(Speech.clip(language, "goodbye")).isEqualTo(Speech.clip("en", "goodbye"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "greeting", "../en/goodbye"})
    void shouldRefuseAnUnknownClip(String name) {
        assertThatThrownBy(() -> Speech.clip("he", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no clip is called '" + name
                        + "', there are: silence_timeout, max_duration, model_lost, goodbye");
    }

    @Test
    void shouldKnowWhatALineSaysAndWhoSaysIt() {
        Line line = Speech.line("goodbye_he");

        assertThat(line.name()).isEqualTo("goodbye_he");
        assertThat(line.language()).isEqualTo("he");
        assertThat(line.speaker()).isEqualTo("model");
        assertThat(line.text()).isEqualTo("תודה רבה על הפנייה, להתראות");
    }

    @Test
    void shouldHaveTheLinesOfBothSpeakers() {
        assertThat(MODEL)
                .allSatisfy(name -> assertThat(Speech.line(name).speaker()).isEqualTo("model"));
        assertThat(CALLER)
                .allSatisfy(name -> assertThat(Speech.line(name).speaker()).isEqualTo("caller"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence_timeout", "", "Greeting", "name"})
    void shouldRefuseAnUnknownLine(String name) {
        assertThatThrownBy(() -> Speech.line(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no line is called '" + name + "', there are: greeting, answer");
    }

    @Test
    void shouldHandOutBytesOfTheReceiversOwn() {
        Speech.clip("en", "goodbye")[0] = 0;

        assertThat(Speech.clip("en", "goodbye")[0]).isEqualTo(MuLaw.SILENCE);
    }

    @Test
    void shouldSayLinesAtAPlausiblePace() {
        List<String> names = new ArrayList<>(MODEL);
        names.addAll(CALLER);
        assertThat(names).allSatisfy(name -> {
            Line line = Speech.line(name);
            int msPerWord = durationMs(line.muLaw()) / line.text().split("\\s+").length;
            assertThat(msPerWord).isBetween(230, 750);
        });
    }

    @Test
    void shouldHaveALongGoodbye() {
        assertThat(durationMs(Speech.line("long_goodbye").muLaw())).isBetween(7_500, 9_000);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void shouldBeWholeFramesOfCleanAudibleSpeech(Sound sound) throws IOException {
        byte[] muLaw = sound.muLaw();
        short[] samples = MuLawTest.shorts(MuLaw.decode(muLaw));

        assertThat(muLaw.length % 160).as("bytes beyond whole frames").isZero();
        assertThat(muLaw).as("full scale, or padding that clicks").doesNotContain(0x00, 0x80);
        assertThat(peak(samples)).as("peak, -6 dBFS is 16384").isBetween(15_900, 16_900);
        assertThat(rms(samples)).as("loudness, -30 dBFS is 1036").isBetween(1_036.0, 5_000.0);
        assertThat(quietMs(samples, 0, 1)).as("silence before").isBetween(45, 75);
        assertThat(quietMs(samples, samples.length - 1, -1)).as("silence after").isBetween(45, 110);
    }

    record Sound(String name, byte[] muLaw) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sound> everything() {
        List<Sound> sounds = new ArrayList<>();
        for (String clip : CLIPS) {
            sounds.add(new Sound("en/" + clip, Speech.clip("en", clip)));
            sounds.add(new Sound("he/" + clip, Speech.clip("he", clip)));
        }
        MODEL.forEach(name -> sounds.add(new Sound(name, Speech.line(name).muLaw())));
        CALLER.forEach(name -> sounds.add(new Sound(name, Speech.line(name).muLaw())));
        return sounds;
    }

    private static int durationMs(byte[] muLaw) {
        return new Recording(muLaw).durationMs();
    }

    private static int peak(short[] samples) {
        int peak = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double rms(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    private static int quietMs(short[] samples, int from, int step) {
        int count = 0;
        while (Math.abs(samples[from + step * count]) < 100) {
            count++;
        }
        return count / MuLaw.BYTES_PER_MS;
    }
}
