package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringdown.bridge.settings.Settings.Drain;
import io.ringdown.bridge.settings.Settings.Idle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    @Test
    void shouldNeedNoFile() {
        Map<String, String> environment =
                Map.of("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false", "RINGDOWN_MODEL_URL", "ws://127.0.0.1:9000");

        Settings settings = Settings.load(Optional.empty(), environment, Map.of());

        assertThat(settings).isEqualTo(given().load());
    }

    @Test
    void shouldKnowWhetherThereWasAFile() {
        Map<String, String> environment =
                Map.of("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false", "RINGDOWN_MODEL_URL", "ws://127.0.0.1:9000");
        Path file = directory.resolve("ringdown.yaml");
        given().yaml("lanes: 1");

        assertThat(Configuration.read(Optional.empty(), environment, Map.of()).file())
                .isEmpty();
        assertThat(Configuration.read(Optional.of(file), environment, Map.of()).file())
                .contains(file);
    }

    @Test
    void shouldHaveTheDefaultsOfTheTable() {
        Settings settings = given().load();

        assertThat(settings.listen()).isEqualTo(new HostAndPort("0.0.0.0", 8080));
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.lanes()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.maxCalls()).isEqualTo(500 * settings.lanes());
        assertThat(settings.drain()).isEqualTo(Drain.PLAYBACK);
        assertThat(settings.idle()).isEqualTo(Idle.PARK);
        assertThat(settings.journalDir()).contains(Path.of("journal"));
        assertThat(settings.admin().listen()).isEqualTo(new HostAndPort("127.0.0.1", 9090));
        assertThat(settings.admin().token()).isEmpty();
        assertThat(settings.model().name()).isEqualTo("gpt-realtime");
        assertThat(settings.model().apiKey()).isEmpty();
        assertThat(settings.twilio().apiUrl()).isEqualTo(URI.create("https://api.twilio.com"));
        assertThat(settings.twilio().accountSid()).isEmpty();
        assertThat(settings.twilio().authToken()).isEmpty();
    }

    @Test
    void shouldValidateSignaturesAndCallOpenAiUnlessToldOtherwise() {
        Settings settings = SettingsFile.needingSecrets(directory)
                .with("RINGDOWN_PUBLIC_URL", "https://voice.example.com")
                .with("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001")
                .with("TWILIO_AUTH_TOKEN", "12345")
                .with("OPENAI_API_KEY", "sk-1")
                .load();

        assertThat(settings.twilio().validateSignature()).isTrue();
        assertThat(settings.twilio().authToken()).contains(new Secret("12345"));
        assertThat(settings.model().url()).isEqualTo(URI.create("wss://api.openai.com/v1/realtime"));
        assertThat(settings.model().apiKey()).contains(new Secret("sk-1"));
    }

    @Test
    void shouldHaveTheDefaultAgentAndLimits() {
        Settings settings = given().load();

        assertThat(settings.agent().voice()).isEqualTo("marin");
        assertThat(settings.agent().language()).isEqualTo("en");
        assertThat(settings.agent().transcriptionModel()).isEqualTo("gpt-4o-mini-transcribe");
        assertThat(settings.agent().greeting()).isPresent();
        assertThat(settings.agent().greetingProtection()).isTrue();
        assertThat(settings.agent().goodbyePhrases()).isEmpty();
        assertThat(settings.agent().voicemailPhrases()).isEmpty();
        assertThat(settings.agent().maxOutputTokens()).isEmpty();
        assertThat(settings.agent().vad()).isEqualTo(new Settings.Vad(0.5, 300, 500));
        assertThat(settings.agent().clips())
                .isEqualTo(new Settings.Clips(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(settings.limits())
                .isEqualTo(new Settings.Limits(
                        400, 1_000, 500, 5_000, 600, 20, 20, 5_000, 5_000, 3_000, 2_000, 10_000, 5_000, 10_000, 16, 60,
                        3_000, 20, 400));
    }

    @Test
    void shouldGiveEachLimitItsOwnValue() {
        StringBuilder yaml = new StringBuilder("limits:\n");
        List<Key<?>> limits = Settings.keys().stream()
                .filter(key -> key.path().startsWith("limits."))
                .toList();
        for (int i = 0; i < limits.size(); i++) {
            String name = limits.get(i).path().substring("limits.".length());
            yaml.append("  ").append(name).append(": ").append(200 + i).append('\n');
        }

        assertThat(given().yaml(yaml.toString()).load().limits())
                .isEqualTo(new Settings.Limits(
                        200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213, 214, 215, 216, 217, 218));
    }

    @Test
    void shouldLetTheEnvironmentBeatTheFileAndFlagsBeatBoth() {
        SettingsFile given = given().yaml("lanes: 2\nmax_calls: 20\nlisten: 127.0.0.1:1\n")
                .with("RINGDOWN_MAX_CALLS", "30")
                .with("RINGDOWN_LISTEN", "127.0.0.1:2")
                .flag("--listen", "127.0.0.1:3");

        Settings settings = given.load();

        assertThat(settings.lanes()).isEqualTo(2);
        assertThat(settings.maxCalls()).isEqualTo(30);
        assertThat(settings.listen().port()).isEqualTo(3);
    }

    @Test
    void shouldAllowFiveHundredCallsPerLane() {
        assertThat(given().flag("--lanes", "3").load().maxCalls()).isEqualTo(1_500);
    }

    @Test
    void shouldReadTheWholeAgent() throws IOException {
        Path clip = Files.createFile(directory.resolve("bye.WAV"));
        Agent agent = given().yaml("""
                agent:
                  instructions: |
                    You work for {{company}}.
                    Say שלום to {{caller}}.
                  voice: cedar
                  language: he
                  transcription_model: whisper-1
                  greeting: ""
                  greeting_protection: false
                  goodbye_phrases: [ "so long", יאללה ביי ]
                  voicemail_phrases: []
                  clips: {goodbye: "%s"}
                  max_output_tokens: 4096
                  vad: {threshold: 1, prefix_padding_ms: 0, silence_duration_ms: 200}
                """.formatted(clip)).load().agent();

        assertThat(agent.instructions()).isEqualTo("You work for {{company}}.\nSay שלום to {{caller}}.");
        assertThat(agent.voice()).isEqualTo("cedar");
        assertThat(agent.language()).isEqualTo("he");
        assertThat(agent.transcriptionModel()).isEqualTo("whisper-1");
        assertThat(agent.greeting()).isEmpty();
        assertThat(agent.greetingProtection()).isFalse();
        assertThat(agent.goodbyePhrases()).containsExactly("so long", "יאללה ביי");
        assertThat(agent.voicemailPhrases()).contains(List.of());
        assertThat(agent.clips().goodbye()).contains(clip);
        assertThat(agent.clips().modelLost()).isEmpty();
        assertThat(agent.maxOutputTokens()).isEqualTo(OptionalInt.of(4_096));
        assertThat(agent.vad()).isEqualTo(new Settings.Vad(1, 0, 200));
    }

    @Test
    void shouldReadEnums() {
        Settings settings = given().yaml("drain: queues\nidle: spin\n").load();

        assertThat(settings.drain()).isEqualTo(Drain.QUEUES);
        assertThat(settings.idle()).isEqualTo(Idle.SPIN);
    }

    @Test
    void shouldTurnTheJournalOffWhenItsDirectoryIsEmpty() {
        assertThat(given().yaml("journal_dir: \"\"").load().journalDir()).isEmpty();
        assertThat(given().with("RINGDOWN_JOURNAL_DIR", "").load().journalDir()).isEmpty();
        assertThat(given().flag("--journal-dir", "").load().journalDir()).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyVariableAsUnset() {
        Settings settings = given().yaml("lanes: 7")
                .with("RINGDOWN_LANES", "")
                .with("OPENAI_API_KEY", " ")
                .load();

        assertThat(settings.lanes()).isEqualTo(7);
        assertThat(settings.model().apiKey()).isEmpty();
    }

    @Test
    void shouldTakeAKeyWithNothingBehindItAsUnset() {
        Settings settings = given().yaml("lanes:\nlisten: ~\nlimits:\nmodel:\n  name: null\n")
                .load();

        assertThat(settings).isEqualTo(given().load());
    }

    @Test
    void shouldDropTheSpaceAroundAValue() {
        Settings settings = given().with("RINGDOWN_LANES", " 2 ")
                .with("OPENAI_API_KEY", "sk-1\n")
                .load();

        assertThat(settings.lanes()).isEqualTo(2);
        assertThat(settings.model().apiKey()).contains(new Secret("sk-1"));
    }

    @Test
    void shouldTakeSecretsThatLookLikeNumbersAsTheyWereTyped() {
        Settings settings =
                given().yaml("model: {api_key: 0123}\nadmin: {token: 1_000}\n").load();

        assertThat(settings.model().apiKey()).contains(new Secret("0123"));
        assertThat(settings.admin().token()).contains(new Secret("1_000"));
    }

    @Test
    void shouldDropTheLastSlashOfBaseUrls() {
        Settings settings = given().with("RINGDOWN_PUBLIC_URL", "https://voice.example.com/eu/")
                .with("RINGDOWN_TWILIO_API_URL", "http://127.0.0.1:8081/")
                .load();

        assertThat(settings.publicUrl()).contains(URI.create("https://voice.example.com/eu"));
        assertThat(settings.twilio().apiUrl()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    }

    @Test
    void shouldNotShowSecrets() {
        String shown = given().with("OPENAI_API_KEY", "sk-hidden")
                .with("TWILIO_AUTH_TOKEN", "tw-hidden")
                .with("TWILIO_ACCOUNT_SID", "AC1")
                .with("RINGDOWN_ADMIN_TOKEN", "ad-hidden")
                .load()
                .toString();

        assertThat(shown).doesNotContain("hidden").contains("***");
    }

    @Test
    void shouldBeImmutable() {
        List<String> phrases =
                given().yaml("agent: {goodbye_phrases: [x]}").load().agent().goodbyePhrases();

        assertThat(phrases).isUnmodifiable();
    }
}
