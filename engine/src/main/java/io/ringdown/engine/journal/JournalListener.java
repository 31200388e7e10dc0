package io.ringdown.engine.journal;

import java.nio.file.Path;

/** Told what a journal holds. */
public interface JournalListener {
    void entry(Entry entry);

    /** What follows {@code offset} in that segment cannot be read. */
    default void damaged(Path segment, int offset, String what) {}
}
