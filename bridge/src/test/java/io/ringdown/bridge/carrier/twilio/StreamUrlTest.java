package io.ringdown.bridge.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamUrlTest {
    private static HttpRequest webhookAt(String host) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/twilio/voice");
        request.headers().set("Host", host);
        return request;
    }

    @Test
    void shouldBeThePublicOneWhoeverIsAsked() {
        StreamUrl url = new StreamUrl(Optional.of(new PublicUrl(URI.create("https://voice.example.com/base"))), false);
        assertThat(url.answering(webhookAt("10.0.0.1:8080")))
                .contains(URI.create("wss://voice.example.com/base/twilio/media"));
    }

    @Test
    void shouldBeWhereTheWebhookCameIn() {
        assertThat(new StreamUrl(Optional.empty(), false).answering(webhookAt("10.0.0.1:8080")))
                .contains(URI.create("ws://10.0.0.1:8080/twilio/media"));
        assertThat(new StreamUrl(Optional.empty(), true).answering(webhookAt("10.0.0.1:8443")))
                .contains(URI.create("wss://10.0.0.1:8443/twilio/media"));
        assertThat(new StreamUrl(Optional.empty(), true).answering(webhookAt("a/b")))
                .isEmpty();
    }
}
