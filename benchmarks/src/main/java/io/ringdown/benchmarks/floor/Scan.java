package io.ringdown.benchmarks.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Finds a text member in a message by its bytes, as only one who trusts his peers may. */
final class Scan {
    private final ByteBuf opening;

    Scan(String member) {
        opening =
                Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\"" + member + "\":\"", StandardCharsets.US_ASCII));
    }

    boolean isIn(ByteBuf message) {
        return ByteBufUtil.indexOf(opening, message) >= 0;
    }

    /** The value between its quotes, a view of {@code message}; null if it is not there. */
    ByteBuf valueIn(ByteBuf message) {
        int at = ByteBufUtil.indexOf(opening, message);
        if (at < 0) {
            return null;
        }
        int begin = at + opening.readableBytes();
        return message.slice(begin, message.bytesBefore(begin, message.writerIndex() - begin, (byte) '"'));
    }
}
