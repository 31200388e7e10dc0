package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final List<Map.Entry<String, String>> NO_FORM = List.of();

    // worked out with two independent implementations of HMAC, and accepted by Twilio's own validator
    private static final String UPGRADE = "3Wv0T80qzAY3OCARW9y1gnUJZtE=";
    private static final String UPGRADE_TRAILING_SLASH = "emydRDSHhLvuug6wCkjTHD/G0T0=";
    private static final String UPGRADE_AS_HTTPS = "3T4ShCTJZ08o+v3LKmVwwJswU58=";
    private static final String UPGRADE_WITH_PORT = "njB9LrB2K0cXMSmpQuCSQVNwT7E=";
    private static final String VOICE = "oR89KeUPGOVf6NLG0sY7ZUA5AqU=";
    private static final String STATUS = "cr+5SHrdbMncAa6EJ3OXGL3Am/k=";
    private static final String REPEATED_NAME = "nWmHgEWEXLloyY5iEe+o40hmk2A=";
    private static final String GET = "u8AbU9dsG0QCii5hfHy0IA8/MV4=";

    private static final List<Map.Entry<String, String>> VOICE_FORM = List.of(
            Map.entry("AccountSid", "AC00000000000000000000000000000001"),
            Map.entry("ApiVersion", "2010-04-01"),
            Map.entry("CallSid", "CA00000000000000000000000000000001"),
            Map.entry("CallStatus", "ringing"),
            Map.entry("Called", "+15005550001"),
            Map.entry("Caller", "+15005550006"),
            Map.entry("Direction", "inbound"),
            Map.entry("From", "+15005550006"),
            Map.entry("To", "+15005550001"));
    private static final String STATUS_BODY = "CallSid=CA00000000000000000000000000000001&CallStatus=completed"
            + "&CallDuration=37&CallerName=Zo%C3%AB++M%C3%BCller&Digits=";

    private final TwilioSignature signature = signedFor("https://voice.example.com");

    @Test
    void shouldAcceptTheSignedUpgrade() {
        assertThat(signature.upgrade("/twilio/media", UPGRADE)).isTrue();
    }

    @Test
    void shouldTellATrailingSlashFromNone() {
        assertThat(signature.upgrade("/twilio/media", UPGRADE_TRAILING_SLASH)).isFalse();
        assertThat(signature.upgrade("/twilio/media/", UPGRADE)).isFalse();
        assertThat(signature.upgrade("/twilio/media/", UPGRADE_TRAILING_SLASH)).isTrue();
    }

    @Test
    void shouldNotTakeAWebhookSignatureForAnUpgradeNorTheReverse() {
        assertThat(signature.upgrade("/twilio/media", UPGRADE_AS_HTTPS)).isFalse();
        assertThat(signature.webhook("/twilio/media", NO_FORM, UPGRADE)).isFalse();
        assertThat(signature.webhook("/twilio/media", NO_FORM, UPGRADE_AS_HTTPS))
                .isTrue();
    }

    @Test
    void shouldAcceptTheDefaultPortSaidOrLeftOut() {
        TwilioSignature configuredWithPort = signedFor("https://voice.example.com:443");
        assertThat(signature.upgrade("/twilio/media", UPGRADE_WITH_PORT)).isTrue();
        assertThat(configuredWithPort.upgrade("/twilio/media", UPGRADE_WITH_PORT))
                .isTrue();
        assertThat(configuredWithPort.upgrade("/twilio/media", UPGRADE)).isTrue();
    }

    @Test
    void shouldNotMistakeAnotherPortForTheDefaultOne() {
        TwilioSignature otherPort = signedFor("https://voice.example.com:8443");
        assertThat(otherPort.upgrade("/twilio/media", UPGRADE)).isFalse();
        assertThat(otherPort.upgrade("/twilio/media", UPGRADE_WITH_PORT)).isFalse();
    }

    @Test
    void shouldAcceptAFormInAnyOrder() {
        List<Map.Entry<String, String>> reversed = new ArrayList<>(VOICE_FORM);
        Collections.reverse(reversed);
        assertThat(signature.webhook("/twilio/incoming", VOICE_FORM, VOICE)).isTrue();
        assertThat(signature.webhook("/twilio/incoming", reversed, VOICE)).isTrue();
    }

    @Test
    void shouldRefuseAFormWithAnythingChangedAddedOrLeftOut() {
        List<Map.Entry<String, String>> changed = new ArrayList<>(VOICE_FORM);
        changed.set(2, Map.entry("CallSid", "CA00000000000000000000000000000002"));
        List<Map.Entry<String, String>> added = new ArrayList<>(VOICE_FORM);
        added.add(Map.entry("Digits", "1"));
        assertThat(signature.webhook("/twilio/incoming", changed, VOICE)).isFalse();
        assertThat(signature.webhook("/twilio/incoming", added, VOICE)).isFalse();
        assertThat(signature.webhook("/twilio/incoming", VOICE_FORM.subList(1, 9), VOICE))
                .isFalse();
        assertThat(signature.webhook("/twilio/incoming?x=1", VOICE_FORM, VOICE)).isFalse();
    }

    @Test
    void shouldSignTheQueryAsReceivedAndTheFormDecoded() {
        List<Map.Entry<String, String>> form = FormParameters.parse(STATUS_BODY).entries();
        assertThat(signature.webhook("/twilio/status?tenant=42&x=a%20b", form, STATUS))
                .isTrue();
        assertThat(signature.webhook("/twilio/status?tenant=42&x=a+b", form, STATUS))
                .isFalse();
    }

    @Test
    void shouldTakeEachValueOfARepeatedNameOnceAndInOrder() {
        List<Map.Entry<String, String>> form =
                FormParameters.parse("A=1&Tag=b&Tag=a&Tag=b").entries();
        assertThat(signature.webhook("/hook", form, REPEATED_NAME)).isTrue();
    }

    @Test
    void shouldAcceptAGetByItsUrlAlone() {
        assertThat(signature.webhook("/twilio/incoming?CallSid=CA1&From=%2B15005550006", NO_FORM, GET))
                .isTrue();
    }

    @Test
    void shouldPutTheRequestBehindTheBaseOfThePublicUrl() {
        assertThat(signedFor("https://voice.example.com/twilio").upgrade("/media", UPGRADE))
                .isTrue();
        assertThat(signedFor("https://voice.example.com/twilio/").upgrade("/media", UPGRADE))
                .isTrue();
        assertThat(signedFor("https://voice.example.com/").upgrade("/twilio/media", UPGRADE))
                .isTrue();
    }

    @Test
    void shouldTakeTheSchemeFromWhatIsAskedAndNotFromThePublicUrl() {
        assertThat(signedFor("http://voice.example.com").upgrade("/twilio/media", UPGRADE))
                .isTrue();
    }

    @Test
    void shouldRefuseAnotherHost() {
        assertThat(signedFor("https://other.example.com").upgrade("/twilio/media", UPGRADE))
                .isFalse();
    }

    @Test
    void shouldAcceptAnyOfTheTokensWhileTheyRotate() {
        URI url = URI.create("https://voice.example.com");
        assertThat(new TwilioSignature(List.of("new token", TOKEN), url).upgrade("/twilio/media", UPGRADE))
                .isTrue();
        assertThat(new TwilioSignature(List.of(TOKEN, "new token"), url).upgrade("/twilio/media", UPGRADE))
                .isTrue();
        assertThat(new TwilioSignature(List.of("new token"), url).upgrade("/twilio/media", UPGRADE))
                .isFalse();
    }

    @Test
    void shouldRefuseAMissingOrGarbageSignature() {
        assertThat(signature.upgrade("/twilio/media", null)).isFalse();
        for (String garbage : List.of(
                "",
                "=",
                "*".repeat(28),
                "é\uD800",
                UPGRADE.substring(1),
                UPGRADE + "=",
                " " + UPGRADE,
                UPGRADE.toLowerCase(Locale.ROOT),
                "x".repeat(100_000))) {
            assertThat(signature.upgrade("/twilio/media", garbage)).as(garbage).isFalse();
        }
    }

    @Test
    void shouldRefuseATargetThatIsNotAPath() {
        assertThat(signature.upgrade("wss://voice.example.com/twilio/media", UPGRADE))
                .isFalse();
        assertThat(signedFor("https://voice.example.com/twilio").upgrade("", UPGRADE))
                .isFalse();
        // together they would read voice.example.com/twilio/media
        assertThat(signedFor("https://voice.example.com/twilio/me").upgrade("dia", UPGRADE))
                .isFalse();
    }

    @Test
    void shouldNotBeMadeWithoutATokenOrAHost() {
        URI url = URI.create("https://voice.example.com");
        assertThatThrownBy(() -> new TwilioSignature(List.of(), url)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TwilioSignature(List.of(""), url)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signedFor("https:///twilio")).hasMessageContaining("https:///twilio");
    }

    private static TwilioSignature signedFor(String publicUrl) {
        return new TwilioSignature(List.of(TOKEN), URI.create(publicUrl));
    }
}
