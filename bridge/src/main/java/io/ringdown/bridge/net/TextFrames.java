package io.ringdown.bridge.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Final WebSocket text frames (RFC 6455, 5.2) made where their text was written: without an object for the frame, and without
 * the copy that Netty's encoder makes to have header and text in one buffer. The encoder lets what is a frame already pass.
 * Any thread.
 */
public final class TextFrames {
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int KEY_BYTES = 4;
    private static final int ROOM = 4 + KEY_BYTES; // the longest header before the text
    private static final int MAX_BYTES = 0xFFFF;

    private TextFrames() {}

    /**
     * Where frames of ours enter the pipeline of {@code handler}: below the handlers of a WebSocket, which they do not
     * concern, and above TLS. Lane only.
     */
    public static ChannelHandlerContext wayOut(ChannelHandlerContext handler) {
        ChannelHandlerContext encoder = handler.pipeline().context(WebSocket13FrameEncoder.class);
        return encoder == null ? handler : encoder;
    }

    /** An empty buffer for a text of exactly {@code bytes}, at most 65,535, with room before it for a header. */
    public static ByteBuf buffer(int bytes, ByteBufAllocator buffers) {
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("too long a text: bytes=" + bytes);
        }
        return buffers.ioBuffer(ROOM + bytes, ROOM + bytes).setIndex(ROOM, ROOM);
    }

    /** A server's frame of the text in a {@link #buffer}, which it becomes. */
    public static ByteBuf ofServer(ByteBuf text) {
        return headed(text, text.readableBytes(), 0);
    }

    /** A client's frame of the text in a {@link #buffer}, which it becomes, masked with a key of its own. */
    public static ByteBuf ofClient(ByteBuf text) {
        int bytes = text.readableBytes();
        int key = ThreadLocalRandom.current().nextInt();
        int begin = text.readerIndex();
        WebSocketMask.apply(text, begin, bytes, key);
        text.setInt(begin - KEY_BYTES, key).readerIndex(begin - KEY_BYTES);
        return headed(text, bytes, MASKED);
    }

    private static ByteBuf headed(ByteBuf rest, int bytes, int masked) {
        int begin = rest.readerIndex() - (bytes < LENGTH_IN_TWO_BYTES ? 2 : 4);
        if (bytes < LENGTH_IN_TWO_BYTES) {
            rest.setByte(begin + 1, masked | bytes);
        } else {
            rest.setByte(begin + 1, masked | LENGTH_IN_TWO_BYTES).setShort(begin + 2, bytes);
        }
        return rest.setByte(begin, FINAL_TEXT).readerIndex(begin);
    }
}
