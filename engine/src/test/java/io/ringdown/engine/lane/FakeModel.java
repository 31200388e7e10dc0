package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Remembers what a model was told. */
final class FakeModel implements ModelLeg {
    final List<String> commands = new ArrayList<>();
    final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    boolean writable = true;
    int roomFrames = Integer.MAX_VALUE; // until the next flush
    RuntimeException failure;
    int closes;
    int resumes;
    int flushes;
    int frames;
    int looks;
    private int unflushedFrames;

    @Override
    public void connect() {
        commands.add("connect");
    }

    @Override
    public void configure() {
        commands.add("configure");
    }

    @Override
    public void sendAudio(Frame frame) {
        if (failure != null) {
            throw failure;
        }
        unflushedFrames++;
        frames++;
        audio.writeBytes(Base64.getDecoder().decode(Arrays.copyOf(frame.text(), frame.textLength())));
    }

    @Override
    public void sendSilence(int bytes) {
        commands.add("silence " + bytes);
    }

    @Override
    public boolean writable() {
        looks++;
        return writable && unflushedFrames < roomFrames;
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {
        commands.add("request " + purpose);
    }

    @Override
    public void cancelResponse(String responseId) {
        commands.add("cancel " + responseId);
    }

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {
        commands.add("truncate " + itemId + " at " + heardMs + " ms");
    }

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {
        commands.add("answer " + toolCallId + " " + answer);
    }

    @Override
    public void flush() {
        flushes++;
        unflushedFrames = 0;
    }

    @Override
    public void resumeReading() {
        resumes++;
    }

    @Override
    public void close() {
        closes++;
    }
}
