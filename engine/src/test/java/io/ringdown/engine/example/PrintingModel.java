package io.ringdown.engine.example;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.ModelLeg;
import java.io.PrintStream;

/** A model that prints what it is told. */
record PrintingModel(PrintStream console) implements ModelLeg {
    @Override
    public void connect() {
        console.println("model: connect");
    }

    @Override
    public void configure() {
        console.println("model: configure");
    }

    @Override
    public void sendAudio(Frame frame) {
        console.println("model: audio, " + frame.audioBytes() + " bytes");
    }

    @Override
    public void sendSilence(int bytes) {
        console.println("model: silence, " + bytes + " bytes");
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        console.println("model: asked for " + purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        console.println("model: cancel " + responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        console.println("model: truncate " + itemId + " at " + heardMs + " ms");
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        console.println("model: " + toolCallId + " is " + answer);
    }

    @Override
    public void close() {
        console.println("model: closed");
    }
}
