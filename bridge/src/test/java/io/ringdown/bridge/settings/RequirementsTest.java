package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {
    private static final String SID_MISSING =
            "ringdown.yaml: twilio.account_sid: missing; REST needs it beside the auth token (environment: TWILIO_ACCOUNT_SID)";

    @TempDir
    private Path directory;

    /** Only the model is taken care of. */
    private SettingsFile validating() {
        return SettingsFile.needingSecrets(directory).with("OPENAI_API_KEY", "key");
    }

    private SettingsFile complete() {
        return validating()
                .with("RINGDOWN_PUBLIC_URL", "https://voice.example.com")
                .with("TWILIO_ACCOUNT_SID", "AC1")
                .with("TWILIO_AUTH_TOKEN", "token");
    }

    @Test
    void shouldNeedPublicUrlTokenAndSidToValidate() {
        assertThat(complete().problems()).isEmpty();
        assertThat(validating().problems())
                .containsExactly(
                        "ringdown.yaml: public_url: missing; signatures are checked against it (environment: RINGDOWN_PUBLIC_URL)",
                        "ringdown.yaml: twilio.auth_token: missing; signatures are checked with it (environment: TWILIO_AUTH_TOKEN)",
                        SID_MISSING);
    }

    @Test
    void shouldNotCallAMalformedValueMissing() {
        assertThat(complete()
                        .with("RINGDOWN_PUBLIC_URL", "ftp://x")
                        .with("TWILIO_AUTH_TOKEN", "a b")
                        .problems())
                .containsExactly(
                        "environment: RINGDOWN_PUBLIC_URL: not a URL with https or http",
                        "environment: TWILIO_AUTH_TOKEN: has spaces or characters that no credential has");
    }

    @Test
    void shouldAskNothingForTheSakeOfAMalformedValue() {
        SettingsFile given = validating()
                .with("OPENAI_API_KEY", "")
                .with("RINGDOWN_MODEL_URL", "model")
                .with("RINGDOWN_ADMIN_LISTEN", "9090")
                .with("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "maybe");

        assertThat(given.problems()).hasSize(3).allMatch(line -> line.startsWith("environment: "));
    }

    @Test
    void shouldWantHttpsWhileValidating() {
        assertThat(complete()
                        .with("RINGDOWN_PUBLIC_URL", "http://voice.example.com")
                        .problems())
                .containsExactly(
                        "ringdown.yaml: public_url: must be https while signatures are validated (environment: RINGDOWN_PUBLIC_URL)");
        assertThat(complete()
                        .with("RINGDOWN_PUBLIC_URL", "http://voice.example.com")
                        .with("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false")
                        .problems())
                .isEmpty();
    }

    @Test
    void shouldLetTheSidBeWhenTheApiIsOnThisMachine() {
        SettingsFile given = validating()
                .with("RINGDOWN_PUBLIC_URL", "https://voice.example.com")
                .with("TWILIO_AUTH_TOKEN", "token");

        assertThat(given.problems()).containsExactly(SID_MISSING);
        assertThat(given.with("RINGDOWN_TWILIO_API_URL", "http://[::1]:8081").problems())
                .isEmpty();
    }

    @Test
    void shouldRefuseHalfOfTheCredentialsButNotNone() {
        SettingsFile given = validating().with("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "false");
        assertThat(given.problems()).isEmpty();

        given.with("TWILIO_ACCOUNT_SID", "AC1");
        assertThat(given.problems())
                .containsExactly(
                        "ringdown.yaml: twilio.auth_token: missing; REST needs it beside the account SID (environment: TWILIO_AUTH_TOKEN)");

        given.with("TWILIO_ACCOUNT_SID", "").with("TWILIO_AUTH_TOKEN", "token");
        assertThat(given.problems()).containsExactly(SID_MISSING);
    }

    @Test
    void shouldNeedAKeyForAnEncryptedModelOnly() {
        SettingsFile given = complete().with("OPENAI_API_KEY", "");

        assertThat(given.problems())
                .containsExactly(
                        "ringdown.yaml: model.api_key: missing; a wss model asks for it (environment: OPENAI_API_KEY)");
        assertThat(given.with("RINGDOWN_MODEL_URL", "ws://model.example.com").problems())
                .isEmpty();
    }

    @Test
    void shouldNeedATokenWhereOthersReachTheOperationsApi() {
        SettingsFile given = complete().with("RINGDOWN_ADMIN_LISTEN", "[::]:9090");

        assertThat(given.problems())
                .containsExactly(
                        "ringdown.yaml: admin.token: missing; others can reach admin.listen (environment: RINGDOWN_ADMIN_TOKEN)");
        assertThat(given.with("RINGDOWN_ADMIN_TOKEN", "token").problems()).isEmpty();
    }

    @Test
    void shouldNeedAJournalDirectoryForAWebhook() {
        SettingsFile given = complete().with("RINGDOWN_WEBHOOK_URL", "https://example.com/calls?of=us");
        assertThat(given.problems()).isEmpty();
        assertThat(given.with("RINGDOWN_JOURNAL_DIR", "").problems())
                .containsExactly(
                        "ringdown.yaml: webhook.url: given, but journal_dir is empty: records wait there for the webhook (environment: RINGDOWN_WEBHOOK_URL)");
    }

    @Test
    void shouldNeedAWebhookForItsSecret() {
        assertThat(complete().with("RINGDOWN_WEBHOOK_SECRET", "s").problems())
                .containsExactly(
                        "ringdown.yaml: webhook.url: missing; its secret is given (environment: RINGDOWN_WEBHOOK_URL)");
    }

    @Test
    void shouldAskForNothingMoreWhenTheFileCannotBeUnderstood() {
        assertThat(SettingsFile.needingSecrets(directory).yaml("a: [").problems())
                .hasSize(1);
    }
}
