package io.ringdown.benchmarks;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.ModelLeg;

/** A model without a socket, which takes everything and says nothing. */
final class SilentModel implements ModelLeg {
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
