package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsProblemsTest {
    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limits: {lead_ms: fast}            | limits.lead_ms: not a whole number: \"fast\"",
                "limits: {lead_ms: 400ms}           | limits.lead_ms: not a whole number: \"400ms\"",
                "limits: {lead_ms: 4e2}             | limits.lead_ms: not a whole number: \"4e2\"",
                "limits: {lead_ms: 400.0}           | limits.lead_ms: not a whole number: \"400.0\"",
                "limits: {lead_ms: 1_000}           | limits.lead_ms: not a whole number: \"1_000\"",
                "limits: {lead_ms: 0400}            | limits.lead_ms: not a whole number: \"0400\"",
                "limits: {lead_ms: 0x190}           | limits.lead_ms: not a whole number: \"0x190\"",
                "limits: {lead_ms: +400}            | limits.lead_ms: not a whole number: \"+400\"",
                "limits: {lead_ms: true}            | limits.lead_ms: not a whole number: \"true\"",
                "limits: {lead_ms: \"\"}            | limits.lead_ms: empty",
                "limits: {lead_ms: -1}              | limits.lead_ms: not within 20 to 5000: \"-1\"",
                "limits: {lead_ms: 19}              | limits.lead_ms: not within 20 to 5000: \"19\"",
                "limits: {lead_ms: 5001}            | limits.lead_ms: not within 20 to 5000: \"5001\"",
                "limits: {lead_ms: 4294967696}      | limits.lead_ms: not within 20 to 5000: \"4294967696\"",
                "limits: {lead_ms: 99999999999999999999} | limits.lead_ms: not within 20 to 5000: \"99999999999999999999\"",
                "limits: {lead_ms: [400]}           | limits.lead_ms: expected a single value, not a list",
                "limits: {lead_ms: {a: 1}}          | limits.lead_ms: expected a single value, not keys below it",
                "limits: {lead_ms: {b: {c: 1}}}     | limits.lead_ms: expected a single value, not keys below it",
                "limits: 400                        | limits: expected keys below it, not a single value",
                "limits: [400]                      | limits: expected keys below it, not a list",
                "agent: {language: fr}              | agent.language: not en or he: \"fr\"",
                "agent: {voice: a b}                | agent.voice: not a name of plain characters without spaces: \"a b\"",
                "agent: {instructions: \" \"}       | agent.instructions: empty",
                "agent: {greeting_protection: yes}  | agent.greeting_protection: not true or false: \"yes\"",
                "agent: {goodbye_phrases: bye}      | agent.goodbye_phrases: expected a list, not a single value",
                "agent: {goodbye_phrases: [a, ~]}   | agent.goodbye_phrases: an entry is empty",
                "agent: {goodbye_phrases: [a, [b]]} | agent.goodbye_phrases: expected a list, not a list of lists or keys",
                "agent: {goodbye_phrases: {a: b}}   | agent.goodbye_phrases: expected a list, not keys below it",
                "agent: {clips: a.wav}              | agent.clips: expected keys below it, not a single value",
                "agent: {clips: {goodbye: a.mp3}}   | agent.clips.goodbye: neither a .ulaw nor a .wav file: \"a.mp3\"",
                "agent: {clips: {goodbye: no/a.wav}} | agent.clips.goodbye: no readable file: \"no/a.wav\"",
                "agent: {max_output_tokens: 0}      | agent.max_output_tokens: not within 1 to 4096: \"0\"",
                "agent: {max_output_tokens: none}   | agent.max_output_tokens: not a whole number: \"none\"",
                "agent: {vad: {threshold: 1.1}}     | agent.vad.threshold: not within 0.0 to 1.0: \"1.1\"",
                "agent: {vad: {threshold: -0.1}}    | agent.vad.threshold: not within 0.0 to 1.0: \"-0.1\"",
                "agent: {vad: {threshold: .nan}}    | agent.vad.threshold: not a number: \".nan\"",
                "agent: {vad: {threshold: half}}    | agent.vad.threshold: not a number: \"half\"",
                "idle: sleep                        | idle: not park or spin: \"sleep\"",
                "idle: PARK                         | idle: not park or spin: \"PARK\"",
                "\"idle\\n\": park                  | idle\\u000A: unknown key; did you mean idle?",
                "idle: \"a\\nb\"                    | idle: not park or spin: \"a\\u000Ab\"",
            })
    void shouldSayWhatIsWrongWithAValue(String yaml, String problem) {
        assertThat(given().yaml(yaml).problems()).containsExactly("ringdown.yaml: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RINGDOWN_LANES     | 0                    | not within 1 to 256: \"0\"",
                "RINGDOWN_LANES     | many                 | not a whole number: \"many\"",
                "RINGDOWN_MAX_CALLS | 0                    | not within 1 to 1000000: \"0\"",
                "RINGDOWN_LISTEN    | 8080                 | not an address like 0.0.0.0:8080: \"8080\"",
                "RINGDOWN_DRAIN     | ears                 | not playback or queues: \"ears\"",
                "RINGDOWN_MODEL_URL | https://example.com  | not a URL with wss or ws",
                "RINGDOWN_MODEL_URL | api.openai.com       | not a URL with wss or ws",
                "RINGDOWN_MODEL_URL | wss:///realtime      | a URL without a valid host and port",
                "RINGDOWN_MODEL_URL | wss://a:70000/       | a URL without a valid host and port",
                "RINGDOWN_MODEL_URL | ws://a/#b            | a URL with a user or a fragment (what stands before @ or after # must go)",
                "RINGDOWN_TWILIO_API_URL | https://a?b=c   | a URL with a query (what follows ? must go)",
                "RINGDOWN_PUBLIC_URL | https://a b.com     | not a URL",
                "RINGDOWN_PUBLIC_URL | https://a.com?b     | a URL with a query (what follows ? must go)",
                "RINGDOWN_PUBLIC_URL | wss://a.com         | not a URL with https or http",
            })
    void shouldNameTheVariableThatIsWrong(String variable, String value, String problem) {
        assertThat(given().with(variable, value).problems())
                .containsExactly("environment: " + variable + ": " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "FALSE", "no", "off", "0", "f", "falsee"})
    void shouldNotTurnSignaturesOffForLessThanFalse(String value) {
        assertThat(given().with("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", value).problems())
                .containsExactly(
                        "environment: RINGDOWN_TWILIO_VALIDATE_SIGNATURE: not true or false: \"" + value + '"');
    }

    @Test
    void shouldNameTheFlagAndTheVariableBesideIt() {
        assertThat(given().flag("--lanes", "x").flag("--lisen", "y").problems())
                .containsExactlyInAnyOrder(
                        "command line: --lanes: not a whole number: \"x\" (environment: RINGDOWN_LANES)",
                        "command line: --lisen: unknown flag; did you mean --listen?");
    }

    @Test
    void shouldTakeNoSecretFromTheCommandLine() {
        assertThat(given().flag("--model-api-key", "sk-hidden").problems())
                .containsExactly("command line: --model-api-key: unknown flag");
    }

    @Test
    void shouldReportEverythingAtOnceInReadingOrder() {
        SettingsFile given = SettingsFile.needingSecrets(directory)
                .yaml(
                        "limts: {lead_ms: 1}\nlanes: two\nlimits:\n  lead_ms: fast\nlanes: 3\nadmin: {listen: 0.0.0.0:9090}\n")
                .with("RINGDOWN_DRAIN", "ears")
                .flag("--max-calls", "-1");

        assertThat(given.problems())
                .containsExactly(
                        "ringdown.yaml: lanes: given more than once (environment: RINGDOWN_LANES)",
                        "ringdown.yaml: limts: unknown key; did you mean limits?",
                        "ringdown.yaml: limits.lead_ms: not a whole number: \"fast\"",
                        "environment: RINGDOWN_DRAIN: not playback or queues: \"ears\"",
                        "command line: --max-calls: not within 1 to 1000000: \"-1\" (environment: RINGDOWN_MAX_CALLS)",
                        "ringdown.yaml: public_url: missing; signatures are checked against it (environment: RINGDOWN_PUBLIC_URL)",
                        "ringdown.yaml: twilio.auth_token: missing; signatures are checked with it (environment: TWILIO_AUTH_TOKEN)",
                        "ringdown.yaml: twilio.account_sid: missing; REST needs it beside the auth token (environment: TWILIO_ACCOUNT_SID)",
                        "ringdown.yaml: model.api_key: missing; a wss model asks for it (environment: OPENAI_API_KEY)",
                        "ringdown.yaml: admin.token: missing; others can reach admin.listen (environment: RINGDOWN_ADMIN_TOKEN)");
    }

    @Test
    void shouldRefuseAValueEvenWhereAnotherOverridesIt() {
        assertThat(given().yaml("lanes: two").with("RINGDOWN_LANES", "2").problems())
                .containsExactly("ringdown.yaml: lanes: not a whole number: \"two\" (environment: RINGDOWN_LANES)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lead_ms: 3                      | lead_ms: unknown key; did you mean limits.lead_ms?",
                "agent: {vad: {treshold: 1}}     | agent.vad.treshold: unknown key; did you mean agent.vad.threshold?",
                "colours: {red: {deep: 1}, b: 2} | colours: unknown key",
                "colours:                        | colours: unknown key",
                "limits.lead_ms: 3               | \"limits.lead_ms\": unknown key; did you mean limits.lead_ms?",
                "twilio: {authtoken: hidden}     | twilio.authtoken: unknown key; did you mean twilio.auth_token?",
                "Lanes: 2                        | Lanes: unknown key; did you mean lanes?",
            })
    void shouldSuggestAKey(String yaml, String problem) {
        assertThat(given().yaml(yaml).problems()).containsExactly("ringdown.yaml: " + problem);
    }

    @Test
    void shouldRefuseUnknownVariablesOfOurOwn() {
        assertThat(given().with("RINGDOWN_LISTN", "x")
                        .with("RINGDOWN_COLOUR", "red")
                        .with("LANES", "9")
                        .problems())
                .containsExactly(
                        "environment: RINGDOWN_COLOUR: unknown variable",
                        "environment: RINGDOWN_LISTN: unknown variable; did you mean RINGDOWN_LISTEN?");
    }

    @Test
    void shouldBearTheVariablesByWhichContainersAnnounceServices() {
        assertThat(given().with("RINGDOWN_SERVICE_HOST", "10.0.0.1")
                        .with("RINGDOWN_SERVICE_PORT", "8080")
                        .with("RINGDOWN_SERVICE_PORT_HTTP", "8080")
                        .with("RINGDOWN_PORT", "tcp://10.0.0.1:8080")
                        .with("RINGDOWN_PORT_8080_TCP", "tcp://10.0.0.1:8080")
                        .with("RINGDOWN_PORT_8080_TCP_ADDR", "10.0.0.1")
                        .with("RINGDOWN_ADMIN_PORT_9090_TCP_PROTO", "tcp")
                        .problems())
                .isEmpty();
        assertThat(given().with("RINGDOWN_PORT", "8080").problems())
                .containsExactly("environment: RINGDOWN_PORT: unknown variable");
    }

    @Test
    void shouldNeverPrintASecret() {
        assertThat(given().yaml("""
                        admin: {token: "hidden one"}
                        model: {api_key: [hidden], url: "wss://me:hidden@example.com"}
                        twilio: {account_sid: hidden, auth_token: {hidden: 1}, api_url: "https://x?key=hidden"}
                        public_url: https://me:hidden@voice.example.com
                        """).problems()).hasSize(7).noneMatch(line -> line.contains("hidden"));
        assertThat(given().with("OPENAI_API_KEY", "hidden\tkey").problems())
                .containsExactly("environment: OPENAI_API_KEY: has spaces or characters that no credential has");
        assertThat(given().yaml("twilio:\n  auth_token: \"hidden\n").problems())
                .singleElement()
                .asString()
                .doesNotContain("hidden");
        assertThat(given().yaml("admin: hidden").problems())
                .containsExactly("ringdown.yaml: admin: expected keys below it, not a single value");
    }

    @Test
    void shouldCutLongValues() {
        assertThat(given().with("RINGDOWN_LANES", "9".repeat(100_000)).problems())
                .containsExactly("environment: RINGDOWN_LANES: not within 1 to 256: \"" + "9".repeat(60) + "...\"");
    }

    @Test
    void shouldMissAFileThatWasAskedFor() throws IOException {
        SettingsFile given = given();
        Files.delete(directory.resolve("ringdown.yaml"));

        assertThat(given.problems()).containsExactly("ringdown.yaml: no such file");
    }

    @Test
    void shouldRefuseADirectory() throws IOException {
        SettingsFile given = given();
        Files.delete(directory.resolve("ringdown.yaml"));
        Files.createDirectory(directory.resolve("ringdown.yaml"));

        assertThat(given.problems()).containsExactly("ringdown.yaml: not a file that can be read");
    }
}
