package io.ringdown.engine.journal;

import java.nio.ByteOrder;

/**
 * Where things stand in a segment: a header, then blocks of whole records, then zeros. A block's length is written last, so
 * that a block is there whole or not at all; its checksum tells what the disk lost of it.
 */
final class Layout {
    /** {@code RINGDOWN}, in the byte order of the machine that writes. */
    static final long MAGIC = 0x52494E47444F574EL;

    static final int VERSION = 1;
    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    static final int BLOCK_ALIGNMENT = 8;
    static final int BLOCK_LENGTH = 0;
    static final int BLOCK_CHECKSUM = 4;
    static final int BLOCK_NOW_NS = 8;
    static final int BLOCK_RECORDS = 16;

    // the first byte of a record; 0 fills a block up
    static final int CALL = 1;
    static final int TIME = 2;
    static final int OPENED = 3;
    static final int GAP = 4;
    static final int FAILED = 5;
    static final int NEXT_CALLER_AUDIO = 6;
    static final int SETTINGS = 7;
    static final int FIRST_ANSWER = 16;
    static final int FIRST_EVENT = 64;
    static final int FIRST_COMMAND = 160;

    // what a text begins with; between them, one of the texts before
    static final int NO_TEXT = 0;
    static final int NEW_TEXT = RecentTexts.SIZE + 1;

    private Layout() {}

    static int aligned(int length) {
        return length + BLOCK_ALIGNMENT - 1 & -BLOCK_ALIGNMENT;
    }
}
