package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class PublicUrlTest {
    @Test
    void shouldNameTheStreamAsItsUpgradeWillBeSigned() {
        for (String url :
                new String[] {"https://voice.example.com", "https://voice.example.com:8443/base/", "https://[::1]/a%20b"
                }) {
            PublicUrl publicUrl = new PublicUrl(URI.create(url));
            assertThat(publicUrl.spellings("wss", "/twilio/media"))
                    .contains(publicUrl.stream("/twilio/media").toString());
        }
    }

    @Test
    void shouldKeepPortAndBasePathOfTheStream() {
        assertThat(new PublicUrl(URI.create("https://voice.example.com:8443/base/")).stream("/twilio/media"))
                .hasToString("wss://voice.example.com:8443/base/twilio/media");
    }

    @Test
    void shouldSpellTheDefaultPortBothWays() {
        assertThat(new PublicUrl(URI.create("https://h")).spellings("wss", "/"))
                .containsExactly("wss://h/", "wss://h:443/");
        assertThat(new PublicUrl(URI.create("https://h:443")).spellings("wss", "/"))
                .containsExactly("wss://h:443/", "wss://h/");
        assertThat(new PublicUrl(URI.create("https://h:80")).spellings("wss", "/"))
                .containsExactly("wss://h:80/");
    }
}
