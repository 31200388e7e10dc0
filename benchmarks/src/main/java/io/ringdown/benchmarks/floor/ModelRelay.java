package io.ringdown.benchmarks.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The model's side: configures it for a telephone, has it speak first, and hands the carrier every delta. */
final class ModelRelay extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final String CONFIGURATION = """
            {"type":"session.update","session":{"type":"realtime","output_modalities":["audio"],"instructions":"call %s",\
            "audio":{"input":{"format":{"type":"audio/pcmu"},"turn_detection":{"type":"server_vad","create_response":true,\
            "interrupt_response":true}},"output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}}}""";
    private static final String CREATED = "\"type\":\"session.created\"";
    private static final String UPDATED = "\"type\":\"session.updated\"";
    private static final ByteBuf AUDIO = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("\"response.output_audio.delta\"", StandardCharsets.US_ASCII));
    private static final byte[] CLOSING = "\"}}".getBytes(StandardCharsets.US_ASCII);

    private final Scan delta = new Scan("delta");
    private final Channel carrier;
    private final String call;
    private final byte[] opening;
    private final Consumer<Channel> onConfigured;
    private boolean configured;

    ModelRelay(Channel carrier, String stream, String call, Consumer<Channel> onConfigured) {
        this.carrier = carrier;
        this.call = call;
        this.onConfigured = onConfigured;
        opening = ("{\"event\":\"media\",\"streamSid\":\"" + stream + "\",\"media\":{\"payload\":\"")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
        ByteBuf text = message.content();
        if (!configured) {
            configure(context.channel(), text.toString(StandardCharsets.UTF_8));
            return;
        }
        ByteBuf audio = ByteBufUtil.indexOf(AUDIO, text) >= 0 ? delta.valueIn(text) : null;
        if (audio != null) {
            ByteBuf media = context.alloc().buffer(opening.length + audio.readableBytes() + CLOSING.length);
            media.writeBytes(opening).writeBytes(audio).writeBytes(CLOSING);
            carrier.writeAndFlush(new TextWebSocketFrame(media), carrier.voidPromise());
        }
    }

    private void configure(Channel session, String text) {
        if (text.contains(CREATED)) {
            session.writeAndFlush(new TextWebSocketFrame(CONFIGURATION.formatted(call)));
        } else if (text.contains(UPDATED)) {
            configured = true;
            onConfigured.accept(session);
            session.writeAndFlush(new TextWebSocketFrame("{\"type\":\"response.create\"}"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        carrier.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
