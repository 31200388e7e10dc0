package io.ringdown.bridge;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.ModelLeg;

/** A model that takes everything and answers nothing: what it is to have said, a test tells the call. */
public final class SilentModelLeg implements ModelLeg {
    @Override
    public void connect() {}

    @Override
    public void configure() {}

    @Override
    public void sendAudio(Frame frame) {}

    @Override
    public void sendSilence(int bytes) {}

    @Override
    public void requestResponse(ResponsePurpose purpose) {}

    @Override
    public void cancelResponse(String responseId) {}

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {}

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {}

    @Override
    public void close() {}
}
