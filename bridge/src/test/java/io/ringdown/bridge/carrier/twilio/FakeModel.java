package io.ringdown.bridge.carrier.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ToolAnswer;
import io.ringdown.engine.lane.ModelLeg;
import java.util.ArrayList;
import java.util.List;

/** The other side of the call: takes everything, says nothing. */
final class FakeModel implements ModelLeg {
    final List<String> audio = new ArrayList<>();
    Runnable beforeAudio = () -> {};
    Runnable beforeFlush = () -> {};
    boolean connecting;
    int closed;

    @Override
    public void connect() {
        connecting = true;
    }

    @Override
    public void configure() {}

    @Override
    public void sendAudio(Frame frame) {
        audio.add(new String(frame.text(), 0, frame.textLength(), ISO_8859_1));
        beforeAudio.run();
    }

    @Override
    public void sendSilence(int bytes) {
        audio.add("silence " + bytes);
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void requestResponse(ResponsePurpose purpose) {}

    @Override
    public void cancelResponse(String responseId) {}

    @Override
    public void truncate(String itemId, int contentIndex, int heardMs) {}

    @Override
    public void answerTool(String toolCallId, ToolAnswer answer) {}

    @Override
    public void flush() {
        beforeFlush.run();
    }

    @Override
    public void resumeReading() {}

    @Override
    public void close() {
        closed++;
    }
}
