package io.ringdown.bridge.carrier.twilio;

import io.netty.buffer.ByteBuf;

/** The name of a mark, {@code g<generation>.m<number>}: all that the carrier remembers of it until its echo. No garbage. */
final class MarkName {
    /** Said of any name that we never gave. */
    static final long UNKNOWN = -1;

    private static final int MAX_DIGITS = 10;

    private MarkName() {}

    static int length(int generation, int number) {
        return 3 + digits(generation) + digits(number);
    }

    private static int digits(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** @throws IllegalArgumentException if {@code generation} is negative or {@code number} not positive */
    static void write(ByteBuf out, int generation, int number) {
        if (generation < 0 || number < 1) {
            throw new IllegalArgumentException("not a mark: generation=" + generation + " number=" + number);
        }
        out.writeByte('g');
        writeDigits(out, generation);
        out.writeByte('.').writeByte('m');
        writeDigits(out, number);
    }

    private static void writeDigits(ByteBuf out, int value) {
        int place = 1;
        while (value / place >= 10) {
            place *= 10;
        }
        for (; place > 0; place /= 10) {
            out.writeByte('0' + value / place % 10);
        }
    }

    /** Reads a name as {@link #write} spells it, to be taken apart by {@link #generation} and {@link #number}, or {@link #UNKNOWN}. */
    static long parse(byte[] text, int offset, int length) {
        int end = offset + length;
        int dot = offset;
        while (dot < end && text[dot] != '.') {
            dot++;
        }
        if (length == 0 || text[offset] != 'g' || end - dot < 2 || text[dot + 1] != 'm') {
            return UNKNOWN;
        }
        long generation = value(text, offset + 1, dot);
        long number = value(text, dot + 2, end);
        return generation < 0 || number < 1 ? UNKNOWN : generation << 32 | number;
    }

    private static long value(byte[] text, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > MAX_DIGITS || digits > 1 && text[from] == '0') {
            return UNKNOWN;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return UNKNOWN;
            }
            value = value * 10 + text[i] - '0';
        }
        return value > Integer.MAX_VALUE ? UNKNOWN : value;
    }

    static int generation(long parsed) {
        return (int) (parsed >> 32);
    }

    static int number(long parsed) {
        return (int) parsed;
    }
}
