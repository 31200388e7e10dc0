package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;

/**
 * The speech-to-speech side of one call, as the lane drives it. Lane only. Nothing here blocks or throws for what a peer
 * does: a dead leg swallows what it is given and reports its end as an event. The defaults suit a leg that writes at once.
 */
public interface ModelLeg {
    /** Begins to connect; the outcome comes as {@code MODEL_CONNECTED} or {@code MODEL_LOST}. */
    void connect();

    /** Configures the session; the outcome comes as {@code SESSION_CONFIRMED} or {@code SESSION_REFUSED}. */
    void configure();

    /** Writes caller audio without flushing. The frame stays the lane's: its text is copied before the call returns. */
    void sendAudio(Frame frame);

    /** Writes {@code bytes} of μ-law silence without flushing. */
    void sendSilence(int bytes);

    /** Whether the socket takes more; while it does not, caller audio is held. */
    default boolean writable() {
        return true;
    }

    void requestResponse(ResponsePurpose purpose);

    void cancelResponse(String responseId);

    void truncate(String itemId, int contentIndex, int heardMs);

    void answerTool(String toolCallId, ToolAnswer answer);

    default void flush() {}

    /** There is room in the ring again: what could not be claimed for is published now, and reading goes on. */
    default void resumeReading() {}

    /** Closes the session, also before or while it connects. The lane does so once. */
    void close();
}
