package io.ringdown.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.zip.CRC32C;

/** A block being written: the records of a turn, in memory of the lane's own until all of them are there. Lane only. */
final class BlockWriter {
    /** Longer ones are cut: what a peer says must not grow us. */
    static final int MAX_TEXT_CHARS = 8_192;

    /** Of any record: three texts and a few numbers. */
    private static final int MAX_RECORD_BYTES = 3 * 2 * MAX_TEXT_CHARS + 256;

    private static final int FULL_BYTES = 64 * 1_024;
    private static final int MAX_BYTES = FULL_BYTES + MAX_RECORD_BYTES;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, Layout.ORDER);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, Layout.ORDER);

    private final byte[] bytes;
    private final CRC32C checksum = new CRC32C();
    private int position = Layout.BLOCK_RECORDS;
    private long nowNs;
    private long call;

    BlockWriter() {
        this(MAX_BYTES);
    }

    BlockWriter(int capacity) {
        bytes = new byte[Layout.aligned(capacity)];
    }

    boolean isEmpty() {
        return position == Layout.BLOCK_RECORDS;
    }

    /** Whether the next record might not fit. */
    boolean isFull() {
        return position > FULL_BYTES;
    }

    void clear() {
        position = Layout.BLOCK_RECORDS;
        call = 0;
        LONG.set(bytes, Layout.BLOCK_NOW_NS, nowNs);
    }

    /** The time of what follows. */
    void time(long ns) {
        if (ns != nowNs) {
            tag(Layout.TIME);
            number(ns - nowNs);
        }
        nowNs = ns;
    }

    /** The call that what follows belongs to. */
    void call(long number) {
        if (number != call) {
            tag(Layout.CALL);
            number(number);
            call = number;
        }
    }

    void tag(int tag) {
        bytes[position++] = (byte) tag;
    }

    /** Small numbers of either sign in few bytes. */
    void number(long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7F) != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    /** A constant, which may be null. */
    void constant(Enum<?> constant) {
        tag(constant == null ? 0 : constant.ordinal() + 1);
    }

    /** A text that may come again, such as an identifier; null is one too. */
    void text(String text, RecentTexts recent) {
        if (text == null) {
            tag(Layout.NO_TEXT);
            return;
        }
        int number = recent.find(text);
        if (number != 0) {
            tag(number);
        } else {
            recent.add(text);
            spoken(text);
        }
    }

    /** A text that will not come again. */
    void spoken(String text) {
        if (text == null) {
            tag(Layout.NO_TEXT);
            return;
        }
        tag(Layout.NEW_TEXT);
        int chars = Math.min(text.length(), MAX_TEXT_CHARS);
        boolean wide = isWide(text, chars);
        number((long) chars << 1 | (wide ? 1 : 0));
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            bytes[position++] = (byte) c;
            if (wide) {
                bytes[position++] = (byte) (c >> 8);
            }
        }
    }

    private static boolean isWide(String text, int chars) {
        for (int i = 0; i < chars; i++) {
            if (text.charAt(i) > 0xFF) {
                return true;
            }
        }
        return false;
    }

    /** Raw bytes, as long as they fit. */
    void raw(byte[] more) {
        number(more.length);
        System.arraycopy(more, 0, bytes, position, more.length);
        position += more.length;
    }

    /** The block is whole. Returns its length; {@link #bytes} hold it. */
    int seal() {
        int length = Layout.aligned(position);
        while (position < length) {
            bytes[position++] = 0;
        }
        checksum.reset();
        checksum.update(bytes, Layout.BLOCK_NOW_NS, length - Layout.BLOCK_NOW_NS);
        INT.set(bytes, Layout.BLOCK_LENGTH, length);
        INT.set(bytes, Layout.BLOCK_CHECKSUM, (int) checksum.getValue());
        return length;
    }

    byte[] bytes() {
        return bytes;
    }
}
