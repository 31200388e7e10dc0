package io.ringdown.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringdown.bridge.audio.Recording;
import io.ringdown.bridge.audio.Speech;
import io.ringdown.bridge.settings.Settings;
import io.ringdown.bridge.settings.SettingsException;
import io.ringdown.engine.call.CallSettings;
import io.ringdown.engine.call.CallSettings.Times;
import io.ringdown.engine.call.Clip;
import io.ringdown.engine.call.DrainPolicy;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTemplateTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"en", "he"})
    void shouldSpeakTheShippedClipsOfItsLanguage(String language) throws IOException {
        Map<Clip, byte[]> clips = template(Map.of("agent.language", language)).clips();
        assertThat(clips).containsOnlyKeys(Clip.values());
        for (Clip clip : Clip.values()) {
            assertThat(clips.get(clip))
                    .hasSizeGreaterThan(4_000)
                    .isEqualTo(Speech.clip(language, clip.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void shouldNotSpeakEnglishToHebrewCallers() throws IOException {
        assertThat(template(Map.of("agent.language", "he")).clips().get(Clip.GOODBYE))
                .isNotEqualTo(template(Map.of("agent.language", "en")).clips().get(Clip.GOODBYE));
    }

    @ParameterizedTest
    @EnumSource(Clip.class)
    void shouldSpeakAFileInPlaceOfJustThatClip(Clip clip) throws IOException {
        byte[] sound = sound();
        Path file = Files.write(directory.resolve("own.ULAW"), sound);
        Map<Clip, byte[]> clips = template(Map.of(path(clip), file.toString())).clips();
        Map<Clip, byte[]> shipped = template(Map.of()).clips();
        for (Clip each : Clip.values()) {
            assertThat(clips.get(each)).isEqualTo(each == clip ? sound : shipped.get(each));
        }
    }

    @Test
    void shouldReadAWavForWhatItIs() throws IOException {
        byte[] pcm = new byte[1_600];
        for (int i = 0; i < pcm.length; i += 2) {
            pcm[i + 1] = (byte) (i % 60);
        }
        Path file = wav(pcm, 8_000);
        assertThat(template(Map.of(path(Clip.GOODBYE), file.toString())).clips().get(Clip.GOODBYE))
                .hasSize(800)
                .isEqualTo(Recording.read(file).muLaw());
    }

    @Test
    void shouldNameTheFileThatIsNoTelephoneSound() throws IOException {
        Path file = wav(new byte[1_600], 44_100);
        assertThatThrownBy(() -> template(Map.of(path(Clip.GOODBYE), file.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": sample rate must be 8000 Hz, is 44100 Hz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.ulaw", "empty.wav"})
    void shouldNameTheFileThatSaysNothing(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        assertThatThrownBy(() -> template(Map.of(path(Clip.MODEL_LOST), file.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": empty file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.ulaw", "gone.wav"})
    void shouldNameTheFileThatIsGoneSinceTheSettingsWereRead(String name) throws IOException {
        Path file = Files.write(directory.resolve(name), sound());
        Settings settings = SettingsOf.test(Map.of(path(Clip.MODEL_LOST), file.toString()));
        Files.delete(file);
        assertThatThrownBy(() -> CallTemplate.of(settings.drain(), settings.agent()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": no such file");
    }

    @Test
    void shouldTakeTheDesignsTimesByDefault() throws IOException {
        assertThat(template(Map.of()).times()).isEqualTo(Times.defaults());
    }

    static Stream<RecordComponent> times() {
        return Arrays.stream(Times.class.getRecordComponents());
    }

    @ParameterizedTest
    @MethodSource("times")
    void shouldChangeJustTheTimeThatIsSet(RecordComponent time) throws Exception {
        String name = time.getName().replaceFirst("Ns$", "");
        RecordComponent limit = Arrays.stream(Settings.Limits.class.getRecordComponents())
                .filter(each -> List.of(name + "Ms", name + "S").contains(each.getName()))
                .findFirst()
                .orElseThrow();
        int more = (int) limit.getAccessor().invoke(SettingsOf.test(Map.of()).limits()) + 1;
        Times changed =
                template(Map.of(path(limit.getName()), Integer.toString(more))).times();

        long unitNs = limit.getName().endsWith("Ms") ? TimeUnit.MILLISECONDS.toNanos(1) : TimeUnit.SECONDS.toNanos(1);
        for (RecordComponent each : Times.class.getRecordComponents()) {
            long before = (long) each.getAccessor().invoke(Times.defaults());
            assertThat((long) each.getAccessor().invoke(changed))
                    .as(each.getName())
                    .isEqualTo(each.getName().equals(time.getName()) ? more * unitNs : before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heldCallerAudioMs", "drainAtShutdownS", "restTimeoutMs"})
    void shouldLeaveWhatIsNoTimeOfACallToOthers(String limit) throws IOException {
        assertThat(template(Map.of(path(limit), "1001")).times()).isEqualTo(Times.defaults());
    }

    @Test
    void shouldHandOnHowTheAgentBehaves() throws IOException {
        CallSettings usual = template(Map.of());
        assertThat(usual.drain()).isEqualTo(DrainPolicy.PLAYBACK);
        assertThat(usual.greeting()).isTrue();
        assertThat(usual.greetingProtection()).isTrue();
        CallSettings unusual =
                template(Map.of("drain", "queues", "agent.greeting", "", "agent.greeting_protection", "false"));
        assertThat(unusual.drain()).isEqualTo(DrainPolicy.QUEUES);
        assertThat(unusual.greeting()).isFalse();
        assertThat(unusual.greetingProtection()).isFalse();
    }

    @Test
    void shouldHandOnWhatTheModelIsTold() throws IOException {
        CallTemplate template = template(SettingsOf.yaml("""
                agent:
                  instructions: Sell {{caller}} a bridge.
                  voice: cedar
                  language: he
                  transcription_model: whisper-1
                  max_output_tokens: 99
                  vad:
                    threshold: 0.7
                    prefix_padding_ms: 111
                    silence_duration_ms: 222
                """));
        var session = template.session();
        assertThat(session.voice()).isEqualTo("cedar");
        assertThat(session.transcription().model()).isEqualTo("whisper-1");
        assertThat(session.transcription().language()).isEqualTo("he");
        assertThat(session.maxOutputTokens()).hasValue(99);
        assertThat(session.vad().threshold()).isEqualTo(0.7);
        assertThat(session.vad().prefixPaddingMs()).isEqualTo(111);
        assertThat(session.vad().silenceDurationMs()).isEqualTo(222);
        assertThat(session.filledIn(Map.of("caller", "+1")).instructions()).contains("Sell +1 a bridge.");
    }

    private static CallSettings template(Map<String, String> values) throws IOException {
        return template(SettingsOf.test(values)).call();
    }

    private static CallTemplate template(Settings settings) throws IOException {
        return CallTemplate.of(settings.drain(), settings.agent());
    }

    private static String path(Clip clip) {
        return "agent.clips." + clip.name().toLowerCase(Locale.ROOT);
    }

    private static String path(String limit) {
        return "limits." + limit.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static byte[] sound() {
        byte[] sound = new byte[800];
        Arrays.fill(sound, (byte) 0x7A);
        return sound;
    }

    private Path wav(byte[] pcm, int sampleRate) throws IOException {
        AudioFormat format = new AudioFormat(sampleRate, 16, 1, true, false);
        File file = directory.resolve("own.wav").toFile();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toPath();
    }
}
