package io.ringdown.bridge.model.openai;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.lane.CarrierLeg;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.function.Consumer;

/** A telephone that takes and plays everything at once, and remembers it; a test returns its marks. */
final class FakeCarrier implements CarrierLeg {
    final ByteArrayOutputStream played = new ByteArrayOutputStream();
    final Deque<Consumer<CallEvent>> marks = new ArrayDeque<>();
    int frames;

    @Override
    public void sendAudio(Frame frame) {
        frames++;
        played.writeBytes(Base64.getDecoder().decode(Arrays.copyOf(frame.text(), frame.textLength())));
    }

    @Override
    public void sendMark(int generation, int mark) {
        marks.add(event -> event.markEchoed(generation, mark));
    }

    @Override
    public void sendClear() {}

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void resumeReading() {}

    @Override
    public void close() {}
}
