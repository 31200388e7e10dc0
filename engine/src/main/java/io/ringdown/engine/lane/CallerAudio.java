package io.ringdown.engine.lane;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.audio.HeldAudio;
import io.ringdown.engine.call.DropReason;

/**
 * One call's audio from the caller to the model: held to the end of the turn, so that what came together goes together, and
 * longer until the session is open and while the model's socket is full; every byte is accounted for. Lane only.
 */
final class CallerAudio {
    private final ModelLeg model;
    private final Lane lane;
    private final LaneCounters counters;
    private final HeldAudio held;
    private final UplinkLedger ledger = new UplinkLedger();
    private boolean open;
    private boolean unflushed;

    CallerAudio(ModelLeg model, Lane lane) {
        this.model = model;
        this.lane = lane;
        counters = lane.counters();
        held = new HeldAudio(lane.settings().heldUplinkBytes());
    }

    UplinkLedger ledger() {
        return ledger;
    }

    /** The session takes audio from now on. */
    void open() {
        open = true;
    }

    /** Takes the frame over. */
    void forward(Frame frame) {
        if (!open) {
            frame.untimed(); // it waits for its session, not for us
        }
        if (open && !held.hasRoom(frame.audioBytes())) { // much came at once: no reason to lose what the socket takes
            forwardHeld();
            flush();
        }
        int droppedBytes = held.offer(frame);
        if (droppedBytes > 0) {
            dropped(droppedBytes, open ? DropReason.MODEL_STALLED : DropReason.BEFORE_SESSION);
        }
    }

    /** Silence that cannot go out now is not worth keeping. */
    void pad(int bytes) {
        if (forwardHeld()) {
            ledger.padded(bytes);
            ledger.forwarded(bytes);
            unflushed = true;
            model.sendSilence(bytes);
        }
    }

    /** Once a turn: sends and flushes all that the socket takes. True while it holds back what waits. */
    boolean move() {
        do {
            forwardHeld();
            flush();
        } while (open && !held.isEmpty() && model.writable()); // flushing may make room, and nobody would tell
        return open && !held.isEmpty();
    }

    /** Sends what is held, as far as the socket takes it. True if more may follow at once. */
    private boolean forwardHeld() {
        while (open && !held.isEmpty() && model.writable()) {
            send(held.poll());
        }
        return open && model.writable();
    }

    private void send(Frame frame) {
        ledger.forwarded(frame.audioBytes());
        counters.add(LaneCounter.UPLINK_FORWARDED_BYTES, frame.audioBytes());
        unflushed = true;
        try {
            model.sendAudio(frame);
            if (frame.isTimed()) {
                lane.took(LaneTiming.UPLINK, frame.readNs());
            }
        } finally {
            frame.release();
        }
    }

    void dropped(int bytes, DropReason reason) {
        ledger.dropped(bytes, reason);
        counters.dropped(reason, bytes);
    }

    private void flush() {
        if (unflushed) {
            unflushed = false;
            model.flush();
        }
    }

    /** Nothing goes to the model any more. */
    void close(DropReason reason) {
        open = false;
        int droppedBytes = held.clear();
        if (droppedBytes > 0) {
            dropped(droppedBytes, reason);
        }
    }
}
