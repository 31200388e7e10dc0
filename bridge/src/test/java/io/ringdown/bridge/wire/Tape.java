package io.ringdown.bridge.wire;

/** The choices from which a document is written. All zeros, and what lies beyond the end, choose the ordinary. */
public final class Tape {
    private static final int PLAIN_IN = 5;

    private static final int KEPT_FOR_DAMAGE = 16;

    private final byte[] choices;
    private final int end;
    private final boolean odd;
    private int position;

    public Tape(byte[] choices) {
        this.choices = choices;
        end = choices.length - KEPT_FOR_DAMAGE;
        odd = below(PLAIN_IN) > 1;
    }

    private Tape(Tape whole) {
        choices = whole.choices;
        end = choices.length;
        odd = whole.odd;
        position = whole.end;
    }

    /** Choices that are left however long the document was. */
    Tape keptForDamage() {
        return new Tape(this);
    }

    /** From 0 to {@code bound}, exclusive; {@code bound} is at most 256. */
    public int below(int bound) {
        return position >= end ? 0 : (choices[position++] & 0xFF) % bound;
    }

    /** A place among {@code size}, which may be greater than 256. */
    public int place(int size) {
        return (below(256) << 8 | below(256)) % size;
    }

    public boolean oneIn(int times) {
        return below(times) == times - 1;
    }

    /** The same, but never in two documents of five, which stay plain. */
    public boolean oddOneIn(int times) {
        return odd && oneIn(times);
    }

    public String of(String... options) {
        return options[below(options.length)];
    }
}
