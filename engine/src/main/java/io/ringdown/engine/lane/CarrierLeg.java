package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;

/**
 * The telephone side of one call, as the lane drives it. Lane only. Nothing here blocks or throws for what a peer does:
 * a dead leg swallows what it is given and reports its end as an event. The defaults suit a leg that writes at once.
 */
public interface CarrierLeg {
    /** Writes the audio without flushing. The frame stays the lane's: its text is copied before the call returns. */
    void sendAudio(Frame frame);

    /** Writes a mark without flushing; its name says generation and number, and both come back with its echo. */
    void sendMark(int generation, int mark);

    /** Writes and flushes: the carrier forgets all audio it holds. */
    void sendClear();

    default void flush() {}

    /** Whether the socket takes more; while it does not, frames stay in {@code tx}. */
    default boolean writable() {
        return true;
    }

    /** Bytes written that the socket has not taken. */
    default long pendingBytes() {
        return 0;
    }

    /** There is room in the ring again: what could not be claimed for is published now, and reading goes on. */
    default void resumeReading() {}

    /** Closes the stream; the end is reported as {@code CARRIER_LOST}. The lane does so once. */
    void close();
}
