package io.ringdown.engine.call;

import java.util.List;

/**
 * What a call machine wants done. The lane carries it out; a recorder compares it. Called by the thread that runs the
 * machine, while it handles an event, and never re-enters the machine.
 *
 * <p>"The event's frame" is the frame of the event being handled: exactly one of the methods that name it is called for it.
 */
public interface CallCommands {
    // the model's leg

    void connectModel();

    /** Sends the one {@code session.update}. */
    void configureSession();

    /** The session is as asked for: held caller audio flows, and all that follows. */
    void openUplink();

    /** The event's frame goes to the model. */
    void forwardCallerAudio();

    /** {@code bytes} of silence go to the model, for a gap in the caller's audio. */
    void padCallerAudio(int bytes);

    /** The event's frame, of the caller or of the model, is given back and counted. */
    void dropAudio(DropReason reason);

    void requestResponse(ResponsePurpose purpose);

    void cancelResponse(String responseId);

    /** Tells the model that the caller heard {@code heardMs} of the item's audio. */
    void truncate(String itemId, int contentIndex, int heardMs);

    void answerTool(String toolCallId, ToolAnswer answer);

    void closeModel();

    // the carrier's leg

    /** The event's frame waits in {@code out} as part {@code part} of response {@code response}. */
    void queueAudio(int response, int part, int generation);

    /** A recording of ours waits in {@code out} as part {@code part} of response 0. Returns its μ-law bytes, 0 if there is none. */
    int queueClip(Clip clip, int part, int generation);

    /** A mark waits in {@code out}, behind everything. */
    void queueMark(int generation, int mark);

    /** A mark waits in {@code tx}, behind all that was staged so far. */
    void stageMark(int generation, int mark);

    /** Everything unsent is dropped for {@code reason}, and the carrier told to forget what it holds. */
    void clear(DropReason reason);

    /** What waits in {@code out} of response {@code response} is dropped for {@code reason}; sent audio plays on. */
    void discard(int response, DropReason reason);

    void closeCarrier();

    // the end

    /** The latch is claimed: the carrier is asked to end the phone call. Its place was reserved when the call was admitted. */
    void hangUp(HangupReason reason);

    /** Issues the command again if nobody took it. */
    void sweepHangup();

    /** The call is over on both sides: its slot can be reused. Nothing follows. */
    void release();

    // what is said about it

    void goodbyeDetected(String responseId, String transcript);

    void politeHangup(Via via, String responseId, Drain drain);

    void conditionsNotMet(Via via, List<HangupCondition> unmet);

    /** The carrier confirmed a hangup of ours. */
    void hangupExecuted(HangupReason reason);

    /** Anything else worth a line: {@code what} is a constant phrase, {@code detail} may be null. */
    void note(String what, String detail);
}
