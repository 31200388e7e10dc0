package io.ringdown.bridge.carrier.twilio;

import io.ringdown.bridge.json.CanonicalBase64;
import io.ringdown.engine.audio.Base64Text;
import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.MuLaw;
import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.lane.CallPort;
import io.ringdown.engine.ring.EventRing;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Publishes what a leg has to tell its call, in order, and keeps what the ring has no room for. It holds no more than one
 * read of the socket brings, if its leg stops reading while something waits. Lane only.
 */
final class Outbox {
    /** @param frame the audio that comes with it, or null */
    private record Waiting(Consumer<CallEvent> fill, Frame frame) {}

    private final CallPort port;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean audioUnwanted;

    Outbox(CallPort port) {
        this.port = port;
    }

    /**
     * Cuts canonical base64 into frames and publishes them.
     *
     * @param timestampMs of its first byte
     */
    void callerAudio(byte[] text, int offset, int length, long timestampMs) {
        int padding = CanonicalBase64.padding(text, offset, length);
        for (int taken = 0; taken < length; taken += Base64Text.CUT_CHARS) {
            Frame frame = port.lane().uplinkFrame();
            if (frame == null) {
                port.callerAudioRefused(Base64Text.bytes(length - taken, padding));
                return;
            }
            int chars = Math.min(Base64Text.CUT_CHARS, length - taken);
            System.arraycopy(text, offset + taken, frame.text(), 0, chars);
            frame.filled(chars, Base64Text.bytes(chars, taken + chars == length ? padding : 0));
            publish(frame, timestampMs + Base64Text.bytes(taken, 0) / MuLaw.BYTES_PER_MS);
        }
    }

    /** Like {@link #tell}, but makes no lambda while there is room: this is the event that comes all the time. */
    private void publish(Frame frame, long timestampMs) {
        long sequence = claim();
        if (sequence != EventRing.FULL) {
            port.slot(sequence).callerAudio(frame, timestampMs);
            port.publish(sequence);
        } else if (audioUnwanted) {
            frame.release();
        } else {
            waiting.add(new Waiting(event -> event.callerAudio(frame, timestampMs), frame));
        }
    }

    /** {@code fill} must not fail. */
    void tell(Consumer<CallEvent> fill) {
        if (!publish(claim(), fill)) {
            waiting.add(new Waiting(fill, null));
        }
    }

    /** Whether something waits for room in the ring. */
    boolean isBlocked() {
        return !waiting.isEmpty();
    }

    /** Publishes what waits, as far as there is room. */
    void resume() {
        boolean room = true;
        while (room && !waiting.isEmpty()) {
            // ours before we claim: to make room, the lane may end the call, which drops what waits
            Waiting next = waiting.poll();
            room = publish(port.claim(), next.fill());
            if (!room) {
                putBack(next);
            }
        }
    }

    private void putBack(Waiting next) {
        if (audioUnwanted && next.frame() != null) {
            next.frame().release();
        } else {
            waiting.addFirst(next);
        }
    }

    /** Gives back the audio that waits, and from now on whatever would have to: the call may be over, and nobody resume it. */
    void dropAudio() {
        audioUnwanted = true;
        waiting.removeIf(each -> {
            if (each.frame() != null) {
                each.frame().release();
            }
            return each.frame() != null;
        });
    }

    private long claim() {
        return waiting.isEmpty() ? port.claim() : EventRing.FULL;
    }

    private boolean publish(long sequence, Consumer<CallEvent> fill) {
        if (sequence == EventRing.FULL) {
            return false;
        }
        fill.accept(port.slot(sequence));
        port.publish(sequence);
        return true;
    }
}
