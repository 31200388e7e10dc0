package io.ringdown.bridge.model.openai;

import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;

/**
 * What the model said, one call a message. False means that there was no room: the whole message will be decoded again
 * later, and shown again. Lane only.
 */
interface OpenAiEvents {
    /** {@code sessionId} and {@code model} are null when the server does not say. */
    boolean sessionCreated(String sessionId, String model);

    /** {@code matches}: both directions are μ-law, as asked for. */
    boolean sessionUpdated(boolean matches);

    /** {@code what} is the code of the error, or its type, or null; {@code eventId} the event of ours that failed, or null. */
    boolean failed(OpenAiError error, String what, String eventId);

    boolean speechStarted(String itemId);

    boolean speechStopped();

    /** {@code transcript} is null when the transcription failed. */
    boolean callerTranscribed(String itemId, String transcript, TranscriptionUsage usage);

    boolean responseCreated(String responseId, ResponsePurpose purpose);

    boolean audioDelta(AudioDelta delta);

    boolean audioDone(String responseId, String itemId, int contentIndex);

    boolean transcriptDone(String responseId, String itemId, int contentIndex, String transcript);

    /** {@code tool} is empty when nobody named it. */
    boolean toolCalled(String responseId, String toolCallId, String tool);

    boolean responseDone(String responseId, ResponseStatus status, TokenUsage usage);

    /** Something worth counting: a message passed over, or one that needed mending. */
    void counted(ModelCounter counter);
}
