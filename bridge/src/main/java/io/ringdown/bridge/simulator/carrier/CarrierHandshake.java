package io.ringdown.bridge.simulator.carrier;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;

/** The upgrade as the carrier asks for it: no Origin, no subprotocol, no extensions, Host without a port, signed. */
final class CarrierHandshake extends WebSocketClientHandshaker13 {
    static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private static final String USER_AGENT = "Twilio.TmeWs/1.0";

    CarrierHandshake(String publicUrl, Account account) {
        super(URI.create(publicUrl), WebSocketVersion.V13, null, false, headers(publicUrl, account), MAX_MESSAGE_BYTES);
    }

    @Override
    protected FullHttpRequest newHandshakeRequest() {
        FullHttpRequest request = super.newHandshakeRequest();
        request.headers().remove(HttpHeaderNames.ORIGIN);
        return request;
    }

    private static HttpHeaders headers(String publicUrl, Account account) {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set(HttpHeaderNames.HOST, URI.create(publicUrl).getHost())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
        if (account.signs()) {
            headers.set(RequestSignature.HEADER, RequestSignature.of(account.authToken(), publicUrl));
        }
        return headers;
    }
}
