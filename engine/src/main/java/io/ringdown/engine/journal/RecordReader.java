package io.ringdown.engine.journal;

import java.nio.ByteBuffer;

/** Reads what {@link BlockWriter} wrote. Throws {@link IndexOutOfBoundsException} beyond the block's end. */
final class RecordReader {
    private final ByteBuffer bytes;
    private final int end;
    private int position;

    RecordReader(ByteBuffer bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    int position() {
        return position;
    }

    boolean hasNext() {
        return position < end;
    }

    int tag() {
        if (position >= end) {
            throw new IndexOutOfBoundsException("a record beyond the end of its block");
        }
        return bytes.get(position++) & 0xFF;
    }

    long number() {
        long value = 0;
        int shift = 0;
        int more;
        do {
            if (shift > 63) {
                throw new IllegalArgumentException("a number of more than 64 bits");
            }
            more = tag();
            value |= (long) (more & 0x7F) << shift;
            shift += 7;
        } while ((more & 0x80) != 0);
        return value >>> 1 ^ -(value & 1);
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    boolean bool() {
        return tag() != 0;
    }

    String text(RecentTexts recent) {
        int tag = tag();
        if (tag == Layout.NO_TEXT) {
            return null;
        }
        if (tag < Layout.NEW_TEXT) {
            return recent.get(tag);
        }
        String text = chars(tag);
        recent.add(text);
        return text;
    }

    String spoken() {
        int tag = tag();
        return tag == Layout.NO_TEXT ? null : chars(tag);
    }

    private String chars(int tag) {
        if (tag != Layout.NEW_TEXT) {
            throw new IllegalArgumentException("not a text: " + tag);
        }
        long length = number();
        if (length < 0 || length >> 1 > BlockWriter.MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a text of " + (length >> 1) + " characters");
        }
        boolean wide = (length & 1) != 0;
        StringBuilder text = new StringBuilder((int) (length >> 1));
        for (long i = length >> 1; i > 0; i--) {
            text.append((char) (wide ? tag() | tag() << 8 : tag()));
        }
        return text.toString();
    }

    byte[] raw() {
        int length = smallNumber();
        if (length < 0 || length > end - position) {
            throw new IndexOutOfBoundsException("a record beyond the end of its block");
        }
        byte[] raw = new byte[length];
        bytes.get(position, raw);
        position += length;
        return raw;
    }
}
