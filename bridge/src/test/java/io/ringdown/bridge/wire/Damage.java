package io.ringdown.bridge.wire;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** What may happen to the bytes of a document on its way, or in a careless or wicked peer. */
public final class Damage {
    private static final byte[] STRUCTURE = "\"\\{}[],:= 09eE".getBytes(UTF_8);

    private Damage() {}

    /** The bytes of {@code document}, two in three of the odd ones whole. */
    public static byte[] bytes(String document, Tape ofDocument) {
        Tape tape = ofDocument.keptForDamage();
        if (!tape.oddOneIn(3)) {
            return document.getBytes(UTF_8);
        }
        if (tape.oneIn(40)) {
            return document.getBytes(UTF_16LE);
        }
        byte[] bytes = document.getBytes(UTF_8);
        for (int changes = tape.below(3); changes >= 0 && bytes.length > 0; changes--) {
            bytes = changed(bytes, tape.place(bytes.length), tape);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int at, Tape tape) {
        return switch (tape.below(8)) {
            case 0, 1 -> joined(bytes, at, new byte[] {any(tape)}, at + 1);
            case 2 -> joined(bytes, at, new byte[] {any(tape)}, at);
            case 3 -> joined(bytes, at, new byte[0], at + 1);
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 ->
                joined(
                        bytes,
                        bytes.length,
                        tape.of("}", "{}", "\0", ",", " x", "\"").getBytes(UTF_8),
                        bytes.length);
            case 6 -> joined(bytes, 0, tape.of("\ufeff", " ", "\0", "//\n").getBytes(UTF_8), 0);
            default -> joined(bytes, at, Arrays.copyOf(bytes, tape.place(bytes.length)), at);
        };
    }

    private static byte any(Tape tape) {
        return tape.oneIn(2) ? STRUCTURE[tape.below(STRUCTURE.length)] : (byte) tape.below(256);
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
        return joined;
    }
}
