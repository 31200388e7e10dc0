package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.DropReason;
import io.ringdown.engine.call.EventType;
import io.ringdown.engine.call.ResponsePurpose;
import io.ringdown.engine.call.ResponseStatus;
import io.ringdown.engine.ring.EventRing;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** One call of a {@link LaneRig}, and what its two peers do. */
final class LaneCall {
    final FakeCarrier carrier;
    final FakeModel model = new FakeModel();
    final List<CallSummary> summaries = new ArrayList<>();
    final ByteArrayOutputStream spoken = new ByteArrayOutputStream();
    CallPort port;

    private final LaneRig rig;
    private int next;
    private long timestampMs;

    LaneCall(LaneRig rig) {
        this.rig = rig;
        carrier = new FakeCarrier(rig);
    }

    /** Publishes one event. False when the ring had no room. */
    boolean publish(Consumer<CallEvent> fill) {
        long sequence = port.claim();
        if (sequence == EventRing.FULL) {
            return false;
        }
        fill.accept(port.slot(sequence));
        port.publish(sequence);
        return true;
    }

    void tell(Consumer<CallEvent> fill) {
        if (!publish(fill)) {
            throw new AssertionError("the ring is full");
        }
        rig.turn();
    }

    void happens(EventType type) {
        tell(event -> event.happened(type));
    }

    void starts() {
        tell(event -> event.callStarted(
                "CA" + port.address().slot() + "." + port.address().epoch()));
    }

    void sessionOpens() {
        happens(EventType.MODEL_CONNECTED);
        happens(EventType.SESSION_CONFIRMED);
    }

    void begins(String response) {
        tell(event -> event.responseCreated(response, ResponsePurpose.TURN));
    }

    /** Publishes audio of a response, without running the lane. */
    void delta(String response, int bytes) {
        Frame frame = rig.lane.downlinkFrame(port);
        if (frame == null) {
            publish(event -> event.audioRefused(response, bytes, DropReason.POOL_SPENT));
            return;
        }
        byte[] muLaw = muLaw(bytes);
        spoken.writeBytes(muLaw);
        fill(frame, muLaw);
        publish(event -> event.audioDelta(response, "item", 0, frame));
    }

    void ends(String response) {
        tell(event -> event.audioDone(response, "item", 0));
        tell(event -> event.responseDone(response, ResponseStatus.COMPLETED));
    }

    void saysGoodbye(String response) {
        begins(response);
        delta(response, 2_000);
        tell(event -> event.transcriptDone(response, "item", 0, "Goodbye."));
        ends(response);
    }

    /** Publishes 20 ms of the caller, without running the lane. */
    void callerSpeaks() {
        Frame frame = rig.lane.uplinkFrame();
        if (frame == null) {
            port.callerAudioRefused(160);
            return;
        }
        fill(frame, muLaw(160));
        if (!publish(event -> event.callerAudio(frame, timestampMs))) {
            frame.release();
            throw new AssertionError("the ring is full");
        }
        timestampMs += 20;
    }

    void hangsUp() {
        happens(EventType.CARRIER_STOPPED);
    }

    private byte[] muLaw(int bytes) {
        byte[] muLaw = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            muLaw[i] = (byte) (next++ * 31);
        }
        return muLaw;
    }

    static void fill(Frame frame, byte[] muLaw) {
        byte[] text = Base64.getEncoder().encode(muLaw);
        System.arraycopy(text, 0, frame.text(), 0, text.length);
        frame.filled(text.length, muLaw.length);
    }

    long nextEchoNs() {
        return carrier.echoes.isEmpty() ? Long.MAX_VALUE : carrier.echoes.get(0).atNs();
    }

    void echo() {
        while (nextEchoNs() <= rig.nowNs) {
            FakeCarrier.Echo echo = carrier.echoes.remove(0);
            publish(event -> event.markEchoed(echo.generation(), echo.mark()));
        }
    }

    boolean isOver() {
        return !summaries.isEmpty();
    }
}
