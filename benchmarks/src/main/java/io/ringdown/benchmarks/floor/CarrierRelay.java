package io.ringdown.benchmarks.floor;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The caller's side: dials the model at the stream's start, and hands it every payload. */
final class CarrierRelay extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final int MAX_UPGRADE_BYTES = 16 * 1_024;
    private static final int MAX_FRAME_BYTES = 16 * 1_024 * 1_024;
    private static final byte[] OPENING =
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSING = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final Scan payload = new Scan("payload");
    private final Scan streamSid = new Scan("streamSid");
    private final Scan callSid = new Scan("callSid");
    private final URI model;
    private Channel session; // null until the model has been configured

    CarrierRelay(URI model) {
        this.model = model;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
        ByteBuf text = message.content();
        ByteBuf audio = payload.valueIn(text);
        if (audio == null) {
            other(context.channel(), text);
        } else if (session != null) {
            ByteBuf append = context.alloc().buffer(OPENING.length + audio.readableBytes() + CLOSING.length);
            append.writeBytes(OPENING).writeBytes(audio).writeBytes(CLOSING);
            session.writeAndFlush(new TextWebSocketFrame(append), session.voidPromise());
        }
    }

    private void other(Channel carrier, ByteBuf text) {
        ByteBuf call = callSid.valueIn(text);
        if (call != null && session == null) {
            dial(
                    carrier,
                    streamSid.valueIn(text).toString(StandardCharsets.US_ASCII),
                    call.toString(StandardCharsets.US_ASCII));
        }
    }

    private void dial(Channel carrier, String stream, String call) {
        ModelRelay relay = new ModelRelay(carrier, stream, call, configured -> session = configured);
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(model)
                .customHeaders(new DefaultHttpHeaders())
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .build();
        new Bootstrap()
                .group(carrier.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_UPGRADE_BYTES))
                                .addLast(new WebSocketClientProtocolHandler(config), relay);
                    }
                })
                .connect(model.getHost(), model.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        carrier.close();
                    }
                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (session != null) {
            session.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
