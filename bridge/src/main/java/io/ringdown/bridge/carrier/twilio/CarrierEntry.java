package io.ringdown.bridge.carrier.twilio;

import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.ringdown.bridge.net.HttpReply;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the carrier comes in: two webhooks, and the upgrade that makes a connection a stream. Everything else is 404. */
public final class CarrierEntry extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final String VOICE_PATH = "/twilio/voice";
    static final String MEDIA_PATH = "/twilio/media";
    static final String STATUS_PATH = "/twilio/status";

    private static final Logger LOG = LoggerFactory.getLogger(CarrierEntry.class);

    private final Webhooks webhooks;
    private final StreamUpgrade upgrade;

    public CarrierEntry(Webhooks webhooks, StreamUpgrade upgrade) {
        this.webhooks = webhooks;
        this.upgrade = upgrade;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        switch (new QueryStringDecoder(request.uri()).rawPath()) {
            case VOICE_PATH -> post(context, request, webhooks::voice);
            case STATUS_PATH -> post(context, request, webhooks::status);
            case MEDIA_PATH -> media(context, request);
            default -> HttpReply.text(NOT_FOUND, "nothing here").answer(context, request);
        }
    }

    private static void post(
            ChannelHandlerContext context, FullHttpRequest request, Function<FullHttpRequest, HttpReply> answer) {
        HttpReply reply = request.method().equals(HttpMethod.POST)
                ? answer.apply(request)
                : HttpReply.text(METHOD_NOT_ALLOWED, "only POST").with(Map.of("Allow", "POST"));
        reply.answer(context, request);
    }

    private void media(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            HttpReply.text(METHOD_NOT_ALLOWED, "only GET")
                    .with(Map.of("Allow", "GET"))
                    .answer(context, request);
        } else if (!webhooks.authentication().isUpgrade(request)) {
            Unsigned.refused("stream");
            HttpReply.text(FORBIDDEN, "not signed by the carrier for this URL").answer(context, request);
        } else {
            upgrade.upgrade(context, request);
        }
    }

    /** A peer's failure costs its connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("carrier connection failed: {}", cause.toString());
        context.close();
    }
}
