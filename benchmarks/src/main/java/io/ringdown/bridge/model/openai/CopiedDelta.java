package io.ringdown.bridge.model.openai; // what it implements is package-private

import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;

/** Takes the model's audio as a leg does, by copying its text, and nothing else. One thread. */
final class CopiedDelta implements OpenAiEvents {
    final byte[] text;
    int length;
    String responseId;
    String itemId;
    int contentIndex;

    CopiedDelta(int chars) {
        text = new byte[chars];
    }

    void of(String responseId, String itemId, int contentIndex) {
        this.responseId = responseId;
        this.itemId = itemId;
        this.contentIndex = contentIndex;
    }

    @Override
    public boolean audioDelta(AudioDelta delta) {
        length = delta.chars();
        delta.copy(0, length, text);
        of(delta.responseId(), delta.itemId(), delta.contentIndex());
        return true;
    }

    private static boolean unasked() {
        throw new IllegalStateException("not audio");
    }

    @Override
    public boolean sessionCreated(String sessionId, String model) {
        return unasked();
    }

    @Override
    public boolean sessionUpdated(boolean matches) {
        return unasked();
    }

    @Override
    public boolean failed(OpenAiError error, String what, String eventId) {
        return unasked();
    }

    @Override
    public boolean speechStarted(String itemId) {
        return unasked();
    }

    @Override
    public boolean speechStopped() {
        return unasked();
    }

    @Override
    public boolean callerTranscribed(String itemId, String transcript, TranscriptionUsage usage) {
        return unasked();
    }

    @Override
    public boolean responseCreated(String responseId, ResponsePurpose purpose) {
        return unasked();
    }

    @Override
    public boolean audioDone(String responseId, String itemId, int contentIndex) {
        return unasked();
    }

    @Override
    public boolean transcriptDone(String responseId, String itemId, int contentIndex, String transcript) {
        return unasked();
    }

    @Override
    public boolean toolCalled(String responseId, String toolCallId, String tool) {
        return unasked();
    }

    @Override
    public boolean responseDone(String responseId, ResponseStatus status, TokenUsage usage) {
        return unasked();
    }

    @Override
    public void counted(ModelCounter counter) {
        unasked();
    }
}
