package io.ringdown.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8080", "[::]:8080", "[::1]:0", "localhost:65535", "voice-1.example.com:443"})
    void shouldReadWhatItWrites(String text) {
        assertThat(HostAndPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8080",
                "localhost",
                ":8080",
                "::1:8080",
                "[]:1",
                "[localhost]:1",
                "[::1:1",
                "1.2.3:1",
                "999.1.1.1:1",
                "a b:1",
                "a:b:1",
                "a:",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:99999",
                "a:123456",
                "a:1x",
                "-a:1",
                "http://a:1",
                "a:١"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining('"' + text + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "[::ffff:127.0.0.1]:1", "localhost:1", "LocalHost:1"})
    void shouldKnowThatOnlyThisMachineCanConnect(String text) {
        assertThat(HostAndPort.parse(text).loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "localhost.example.com:1", "127.example.com:1"})
    void shouldTakeAnythingElseAsReachable(String text) {
        assertThat(HostAndPort.parse(text).loopback()).isFalse();
    }
}
