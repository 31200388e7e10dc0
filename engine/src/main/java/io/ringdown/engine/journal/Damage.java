package io.ringdown.engine.journal;

/** A segment that cannot be read from some place on. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Damage(int offset, String what) {
        super(what);
        this.offset = offset;
    }

    /** In bytes from the beginning of the file. */
    int offset() {
        return offset;
    }
}
