package io.ringdown.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.function.Consumer;

/**
 * Netty's WebSocket decoder with a short cut for the frame that comes all the time: final, text, and whole in what was read.
 * Its text goes to the leg at once, without the frame's object and the handlers behind; every other frame is Netty's
 * business as ever, and so is everything that is wrong with one. Where a peer must mask, text that is not ASCII is left to
 * Netty too, whose validator is behind it. Lane only.
 */
public final class TextFrameDecoder extends WebSocket13FrameDecoder {
    private static final int FINAL_TEXT = 0x81; // RFC 6455, 5.2
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int KEY_BYTES = 4;

    private final boolean masked;
    private final long maxBytes;
    private final Consumer<ByteBuf> whole;
    private boolean begun; // Netty's decoder is within a frame
    private boolean fragmented; // or between two of one message

    /** @param whole takes each text, which is lent for the time of the call and not to be retained */
    public TextFrameDecoder(WebSocketDecoderConfig config, Consumer<ByteBuf> whole) {
        super(config);
        masked = config.expectMaskedFrames();
        maxBytes = config.maxFramePayloadLength();
        this.whole = whole;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!begun && !fragmented && isText(in)) {
            decodeText(context, in, out);
        } else {
            decodeOther(context, in, out);
        }
    }

    private boolean isText(ByteBuf in) {
        int at = in.readerIndex();
        if (in.readableBytes() < 2 || in.getUnsignedByte(at) != FINAL_TEXT) {
            return false;
        }
        int second = in.getUnsignedByte(at + 1);
        return (second & MASKED) == (masked ? MASKED : 0) && (second & ~MASKED) != LENGTH_IN_EIGHT_BYTES;
    }

    private void decodeText(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int at = in.readerIndex();
        int shortLength = in.getUnsignedByte(at + 1) & ~MASKED;
        boolean twoBytes = shortLength == LENGTH_IN_TWO_BYTES;
        int header = (twoBytes ? 4 : 2) + (masked ? KEY_BYTES : 0);
        if (in.readableBytes() < header) {
            return; // the rest is on its way
        }
        int length = twoBytes ? in.getUnsignedShort(at + 2) : shortLength;
        boolean improper = length > maxBytes || twoBytes && length < LENGTH_IN_TWO_BYTES;
        if (improper || in.readableBytes() >= header + length && !hand(in, at + header, length)) {
            decodeOther(context, in, out);
        }
    }

    /** False, with all as it was, for text that must be looked at more closely. */
    private boolean hand(ByteBuf in, int from, int length) {
        int key = masked ? in.getInt(from - KEY_BYTES) : 0;
        if (masked && !unmaskedIsAscii(in, from, length, key)) {
            unmaskedIsAscii(in, from, length, key); // twice is not at all
            return false;
        }
        int end = in.writerIndex();
        in.setIndex(from, from + length);
        try {
            whole.accept(in);
        } finally {
            in.setIndex(from + length, end);
        }
        return true;
    }

    private static boolean unmaskedIsAscii(ByteBuf in, int from, int length, int key) {
        return (WebSocketMask.apply(in, from, length, key) & 0x8080808080808080L) == 0;
    }

    private void decodeOther(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = in.readableBytes();
        super.decode(context, in, out);
        if (out.isEmpty()) {
            begun |= in.readableBytes() < before;
            return;
        }
        begun = false;
        if (out.get(0) instanceof WebSocketFrame frame && isData(frame)) {
            fragmented = !frame.isFinalFragment();
        }
    }

    private static boolean isData(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame;
    }
}
