package io.ringdown.bridge.simulator.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    void shouldSignAnUpgradeByItsUrlAlone() {
        assertThat(RequestSignature.of(TOKEN, "wss://voice.example.com/twilio/media"))
                .isEqualTo("3Wv0T80qzAY3OCARW9y1gnUJZtE=");
    }

    @Test
    void shouldSignAPortAndATrailingSlashAsGiven() {
        assertThat(RequestSignature.of(TOKEN, "wss://voice.example.com/twilio/media/"))
                .isEqualTo("emydRDSHhLvuug6wCkjTHD/G0T0=");
        assertThat(RequestSignature.of(TOKEN, "wss://voice.example.com:443/twilio/media"))
                .isEqualTo("njB9LrB2K0cXMSmpQuCSQVNwT7E=");
    }

    @Test
    void shouldSignAFormInTheOrderOfItsNames() {
        Map<String, String> form = Map.of(
                "CallSid", "CA00000000000000000000000000000001",
                "AccountSid", "AC00000000000000000000000000000001",
                "From", "+15005550006",
                "To", "+15005550001",
                "Called", "+15005550001",
                "Caller", "+15005550006",
                "CallStatus", "ringing",
                "Direction", "inbound",
                "ApiVersion", "2010-04-01");
        assertThat(RequestSignature.of(TOKEN, "https://voice.example.com/twilio/incoming", form))
                .isEqualTo("oR89KeUPGOVf6NLG0sY7ZUA5AqU=");
    }

    @Test
    void shouldSignEmptyAndForeignTextUntrimmed() {
        Map<String, String> form = Map.of(
                "CallSid", "CA00000000000000000000000000000001",
                "CallStatus", "completed",
                "CallDuration", "37",
                "CallerName", "Zoë  Müller",
                "Digits", "");
        assertThat(RequestSignature.of(TOKEN, "https://voice.example.com/twilio/status?tenant=42&x=a%20b", form))
                .isEqualTo("cr+5SHrdbMncAa6EJ3OXGL3Am/k=");
    }
}
