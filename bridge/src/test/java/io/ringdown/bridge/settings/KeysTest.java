package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void shouldHaveTheFixedVariables() {
        Map<String, String> defaults = Settings.keys().stream()
                .filter(key -> key.variable().isPresent())
                .collect(Collectors.toMap(key -> key.variable().get(), Key::defaultText));

        assertThat(defaults)
                .containsOnly(
                        entry("RINGDOWN_LISTEN", "0.0.0.0:8080"),
                        entry("RINGDOWN_ADMIN_LISTEN", "127.0.0.1:9090"),
                        entry("RINGDOWN_ADMIN_TOKEN", "none"),
                        entry("RINGDOWN_PUBLIC_URL", "none"),
                        entry("RINGDOWN_TLS_CERTIFICATE", "none"),
                        entry("RINGDOWN_TLS_KEY", "none"),
                        entry("RINGDOWN_MODEL_CA", "the JDK's"),
                        entry("RINGDOWN_MODEL_URL", "wss://api.openai.com/v1/realtime"),
                        entry("RINGDOWN_MODEL", "gpt-realtime"),
                        entry("OPENAI_API_KEY", "none"),
                        entry("RINGDOWN_TWILIO_API_URL", "https://api.twilio.com"),
                        entry("TWILIO_ACCOUNT_SID", "none"),
                        entry("TWILIO_AUTH_TOKEN", "none"),
                        entry("RINGDOWN_TWILIO_VALIDATE_SIGNATURE", "true"),
                        entry("RINGDOWN_LANES", "cores"),
                        entry("RINGDOWN_MAX_CALLS", "500 per lane"),
                        entry("RINGDOWN_DRAIN", "playback"),
                        entry("RINGDOWN_TICK_MS", "10"),
                        entry("RINGDOWN_JOURNAL_DIR", "journal"),
                        entry("RINGDOWN_WEBHOOK_URL", "none"),
                        entry("RINGDOWN_WEBHOOK_SECRET", "none"));
    }

    @Test
    void shouldNameFlagsLikeTheirKeys() {
        assertThat(Settings.keys().stream().map(Key::flag).flatMap(Optional::stream))
                .containsExactlyInAnyOrder(
                        "--listen",
                        "--public-url",
                        "--lanes",
                        "--max-calls",
                        "--drain",
                        "--journal-dir",
                        "--tick-ms",
                        "--webhook-url",
                        "--tls-certificate",
                        "--tls-key",
                        "--admin-listen",
                        "--model-url",
                        "--model-name",
                        "--model-ca",
                        "--twilio-api-url",
                        "--twilio-account-sid",
                        "--twilio-validate-signature");
    }

    @Test
    void shouldKnowItsSecrets() {
        assertThat(Settings.keys().stream().filter(Key::secret).map(Key::path))
                .containsExactlyInAnyOrder("admin.token", "model.api_key", "twilio.auth_token", "webhook.secret");
    }

    @Test
    void shouldExplainEveryKeyOnce() {
        assertThat(Settings.keys()).extracting(Key::path).doesNotHaveDuplicates();
        assertThat(Settings.keys()).allSatisfy(key -> {
            assertThat(key.meaning()).isNotBlank();
            assertThat(key.takes()).isNotBlank();
        });
    }
}
