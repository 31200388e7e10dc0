package io.ringdown.engine.lane;

import io.ringdown.engine.call.CallEvent;
import io.ringdown.engine.call.HangupLatch;
import io.ringdown.engine.ring.EventRing;

/**
 * A leg's way into its call: claim, fill, publish. Lane only. All that can fail is done before the claim.
 *
 * <pre>{@code
 * long sequence = port.claim();
 * if (sequence == EventRing.FULL) {
 *     return false; // keep the bytes, stop decoding, try again when the lane says so
 * }
 * port.slot(sequence).digitPressed("5");
 * port.publish(sequence);
 * }</pre>
 */
public final class CallPort {
    private final Lane lane;
    private final CallAddress address;

    CallPort(Lane lane, int slot, int epoch, HangupLatch latch) {
        this.lane = lane;
        this.address = new CallAddress(lane, slot, epoch, latch);
    }

    /** The next sequence, or {@link EventRing#FULL}. What was claimed must be published. */
    public long claim() {
        return lane.claim(this);
    }

    /** Caller audio of {@code bytes} came for which there was no frame: it is counted as dropped. */
    public void callerAudioRefused(int bytes) {
        lane.callerAudioRefused(this, bytes);
    }

    /** The claimed slot, addressed to this call. */
    public CallEvent slot(long sequence) {
        return lane.ring().slot(sequence).to(address.slot(), address.epoch());
    }

    public void publish(long sequence) {
        lane.publish(sequence);
    }

    public Lane lane() {
        return lane;
    }

    /** How other threads reach this call. */
    public CallAddress address() {
        return address;
    }
}
