package io.ringdown.bridge.net;

import io.netty.buffer.ByteBuf;

/** The mask of WebSocket payloads (RFC 6455, 5.3), which is taken off as it is put on. Any thread. */
final class WebSocketMask {
    private WebSocketMask() {}

    /** Masks {@code length} bytes in place. Returns all results or'ed together, so that a bit set in none of them is not set. */
    static long apply(ByteBuf bytes, int from, int length, int key) {
        long keys = (long) key << 32 | key & 0xFFFF_FFFFL;
        long all = 0;
        int at = from;
        for (int end = from + length - Long.BYTES; at <= end; at += Long.BYTES) {
            long word = bytes.getLong(at) ^ keys;
            bytes.setLong(at, word);
            all |= word;
        }
        for (int shift = 56; at < from + length; at++, shift -= 8) {
            int one = (bytes.getByte(at) ^ (int) (keys >>> shift)) & 0xFF;
            bytes.setByte(at, one);
            all |= one;
        }
        return all;
    }
}
