package io.ringdown.bridge.carrier.twilio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a stream is to connect. Immutable; any thread.
 *
 * @param publicUrl empty: where the webhook came in
 * @param secure whether that is reached by TLS
 */
public record StreamUrl(Optional<PublicUrl> publicUrl, boolean secure) {

    /** Empty when there is no public URL and no usable Host either. */
    Optional<URI> answering(HttpRequest webhook) {
        return publicUrl
                .map(url -> url.stream(CarrierEntry.MEDIA_PATH))
                .or(() -> at(webhook.headers().get(HttpHeaderNames.HOST)));
    }

    /** Anything may stand in a Host header: only a host, and a port if any, is used. */
    private Optional<URI> at(String host) {
        try {
            URI url = new URI((secure ? "wss://" : "ws://") + host + CarrierEntry.MEDIA_PATH);
            boolean plain = host != null && url.getHost() != null && url.getRawUserInfo() == null;
            return plain && CarrierEntry.MEDIA_PATH.equals(url.getRawPath()) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
