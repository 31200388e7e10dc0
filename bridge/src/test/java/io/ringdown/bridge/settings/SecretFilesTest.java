package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
    @TempDir
    private Path directory;

    private SettingsFile given() {
        return SettingsFile.needingNothing(directory);
    }

    private Path secret(String text) throws IOException {
        return secret(text, "rw-------");
    }

    private Path secret(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-1", "sk-1\n", "sk-1\r\n"})
    void shouldReadASecretWithoutTheNewlineAtItsEnd(String text) throws IOException {
        Settings settings =
                given().with("OPENAI_API_KEY_FILE", secret(text).toString()).load();

        assertThat(settings.model().apiKey()).contains(new Secret("sk-1"));
    }

    @Test
    void shouldReadEverySecretFromAFile() throws IOException {
        String file = secret("hush\n").toString();
        Settings settings = SettingsFile.needingSecrets(directory)
                .with("RINGDOWN_PUBLIC_URL", "https://voice.example.com")
                .with("TWILIO_ACCOUNT_SID", "AC1")
                .with("TWILIO_AUTH_TOKEN_FILE", file)
                .with("OPENAI_API_KEY_FILE", file)
                .with("RINGDOWN_ADMIN_LISTEN", "0.0.0.0:9090")
                .with("RINGDOWN_ADMIN_TOKEN_FILE", file)
                .load();

        assertThat(settings.twilio().authToken()).contains(new Secret("hush"));
        assertThat(settings.model().apiKey()).contains(new Secret("hush"));
        assertThat(settings.admin().token()).contains(new Secret("hush"));
    }

    @Test
    void shouldPreferItToTheConfigurationFile() throws IOException {
        Settings settings = given().yaml("model: {api_key: sk-old}")
                .with("OPENAI_API_KEY_FILE", secret("sk-new").toString())
                .load();

        assertThat(settings.model().apiKey()).contains(new Secret("sk-new"));
    }

    @Test
    void shouldNotChooseBetweenTheSecretAndItsFile() throws IOException {
        assertThat(given().with("OPENAI_API_KEY", "sk-1")
                        .with("OPENAI_API_KEY_FILE", secret("sk-2").toString())
                        .problems())
                .containsExactly("environment: OPENAI_API_KEY_FILE: given beside OPENAI_API_KEY; one of them must go");
    }

    @Test
    void shouldTakeAnEmptyVariableForNone() throws IOException {
        assertThat(given().with("OPENAI_API_KEY", "")
                        .with("OPENAI_API_KEY_FILE", secret("sk-2").toString())
                        .load()
                        .model()
                        .apiKey())
                .contains(new Secret("sk-2"));
        assertThat(given().with("OPENAI_API_KEY", "sk-1")
                        .with("OPENAI_API_KEY_FILE", " ")
                        .load()
                        .model()
                        .apiKey())
                .contains(new Secret("sk-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``           | an empty file",
                "`\n`         | an empty file",
                "`sk-1\n\n`   | more than one line, or white space around the secret",
                "`sk-1 \n`    | more than one line, or white space around the secret",
                "` sk-1`      | more than one line, or white space around the secret",
            })
    void shouldNameTheFileThatHoldsNoSecret(String text, String problem) throws IOException {
        Path file = secret(text);

        assertThat(given().with("OPENAI_API_KEY_FILE", file.toString()).problems())
                .singleElement()
                .asString()
                .startsWith("environment: OPENAI_API_KEY_FILE: " + problem + ": \"")
                .doesNotContain("sk-1");
    }

    @Test
    void shouldQuoteNothingOfAFileThatIsNoSecret() throws IOException {
        assertThat(given().with("OPENAI_API_KEY_FILE", secret("sk-1\nsk-2").toString())
                        .problems())
                .containsExactly("environment: OPENAI_API_KEY_FILE: has spaces or characters that no credential has");
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() throws IOException {
        assertThat(given().with("OPENAI_API_KEY_FILE", "no/such").problems())
                .containsExactly("environment: OPENAI_API_KEY_FILE: no such file: \"no/such\"");
        assertThat(given().with("OPENAI_API_KEY_FILE", directory.toString()).problems())
                .singleElement()
                .asString()
                .startsWith("environment: OPENAI_API_KEY_FILE: no readable file: ");
        assertThat(given().with(
                                "OPENAI_API_KEY_FILE",
                                secret("x".repeat(17_000)).toString())
                        .problems())
                .singleElement()
                .asString()
                .startsWith("environment: OPENAI_API_KEY_FILE: longer than 16384 bytes: ");
    }

    @Test
    void shouldNotCallASecretMissingWhoseFileIsWrong() {
        assertThat(given().with("RINGDOWN_MODEL_URL", "wss://model.example.com")
                        .with("OPENAI_API_KEY_FILE", "no/such")
                        .problems())
                .containsExactly("environment: OPENAI_API_KEY_FILE: no such file: \"no/such\"");
    }

    @Test
    void shouldKnowNoOtherFiles() {
        assertThat(given().with("RINGDOWN_LISTEN_FILE", "x").problems())
                .singleElement()
                .asString()
                .startsWith("environment: RINGDOWN_LISTEN_FILE: unknown variable");
        assertThat(given().with("RINGDOWN_ADMIN_TOKN_FILE", "x").problems())
                .containsExactly("environment: RINGDOWN_ADMIN_TOKN_FILE: unknown variable; did you mean"
                        + " RINGDOWN_ADMIN_TOKEN_FILE?");
    }

    @Test
    void shouldWarnOfSecretsThatEverybodyCanRead() throws IOException {
        Map<String, String> environment = Map.of(
                "RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false",
                "RINGDOWN_MODEL_URL", "ws://127.0.0.1:9",
                "OPENAI_API_KEY_FILE", secret("sk-1", "rw-r--r--").toString());
        Path file = Files.writeString(directory.resolve("r.yaml"), "admin: {token: hush}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(Configuration.read(Optional.of(file), environment, Map.of()).warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning)
                        .contains("every user of this machine can read it: chmod 600")
                        .doesNotContain("sk-1", "hush"))
                .anySatisfy(warning -> assertThat(warning).startsWith(file + ": holds admin.token"))
                .anySatisfy(warning -> assertThat(warning).startsWith("OPENAI_API_KEY_FILE: names "));

        secret("sk-1", "rw-r-----");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Configuration.read(Optional.of(file), environment, Map.of()).warnings())
                .isEmpty();
    }
}
