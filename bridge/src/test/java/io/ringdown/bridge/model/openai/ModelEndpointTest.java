package io.ringdown.bridge.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "wss://api.openai.com/v1/realtime,                  wss://api.openai.com/v1/realtime?model=gpt-realtime",
        "ws://127.0.0.1:9000/v1/realtime?x=1,               ws://127.0.0.1:9000/v1/realtime?x=1&model=gpt-realtime",
        "wss://a.test/openai/v1/realtime?model=mine,        wss://a.test/openai/v1/realtime?model=mine",
        "wss://a.test/r?deployment=d&model=mine%20too&y=2,  wss://a.test/r?deployment=d&model=mine%20too&y=2",
        "wss://a.test/r?models=x,                           wss://a.test/r?models=x&model=gpt-realtime",
    })
    void shouldNameTheModelUnlessTheUrlDoes(URI url, URI expected) {
        assertThat(ModelEndpoint.withModel(url, "gpt-realtime")).isEqualTo(expected);
    }

    @Test
    void shouldEscapeTheModelsName() {
        assertThat(ModelEndpoint.withModel(URI.create("ws://a.test/r"), "my model&co")
                        .getRawQuery())
                .isEqualTo("model=my%20model%26co");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://127.0.0.1/r,       127.0.0.1, 80,   false",
        "WSS://127.0.0.1/r,      127.0.0.1, 443,  true",
        "wss://127.0.0.1:9000/r, 127.0.0.1, 9000, true",
        "ws://[::1]:9000/r,      ::1,       9000, false",
    })
    void shouldReadTheUrl(URI url, String host, int port, boolean secure) throws Exception {
        try (ModelEndpoint endpoint = open(url, Optional.empty())) {
            assertThat(endpoint.host()).isEqualTo(host);
            assertThat(endpoint.port()).isEqualTo(port);
            assertThat(endpoint.tls() != null).isEqualTo(secure);
            assertThat(endpoint.address()).isEqualTo(new InetSocketAddress(host, port));
        }
    }

    @Test
    void shouldSendAKeyOnlyWhenThereIsOne() throws Exception {
        try (ModelEndpoint open = open(URI.create("ws://127.0.0.1/r"), Optional.empty());
                ModelEndpoint keyed = open(URI.create("ws://127.0.0.1/r"), Optional.of("sk-test"))) {
            assertThat(open.headers().isEmpty()).isTrue();
            assertThat(keyed.headers().get("authorization")).isEqualTo("Bearer sk-test");
        }
    }

    private static ModelEndpoint open(URI url, Optional<String> apiKey) throws Exception {
        return ModelEndpoint.open(url, apiKey, List.of());
    }
}
