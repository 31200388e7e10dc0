package io.ringdown.engine.simulation;

import io.ringdown.engine.audio.Frame;
import io.ringdown.engine.lane.UplinkLedger;

/** The caller is always heard, in order, and every byte is accounted for. */
final class CallerLedger {
    private static final int FRAME_BYTES = 160;

    private final World world;
    private int lastSaid = -1;
    private int lastForwarded = -1;
    private long inBytes;
    private long forwardedBytes;
    private long paddedBytes;

    CallerLedger(World world) {
        this.world = world;
    }

    void said(int number) {
        lastSaid = number;
        inBytes += FRAME_BYTES;
    }

    void refused(int bytes) {
        inBytes += bytes;
    }

    void forwarded(Frame frame) {
        forwardedBytes += frame.audioBytes();
        for (int number = lastForwarded + 1; number <= lastSaid; number++) {
            if (Spoken.isIn(frame, Lines.CALLER_VOICE, number * FRAME_BYTES)) {
                lastForwarded = number + frame.audioBytes() / FRAME_BYTES - 1; // what came together goes together
                return;
            }
        }
        world.violate("caller in order", "a frame that was not next: after " + lastForwarded);
    }

    void padded(int bytes) {
        paddedBytes += bytes;
    }

    void allForwarded() {
        if (lastForwarded != lastSaid) {
            world.violate("caller heard", "said " + lastSaid + ", forwarded " + lastForwarded);
        }
    }

    void balances(UplinkLedger ledger) {
        world.check(ledger.balances(), "bytes balance", "in, forwarded and dropped differ");
        world.check(ledger.inBytes() == inBytes, "bytes balance", "in=" + ledger.inBytes() + " said=" + inBytes);
        world.check(
                ledger.forwardedBytes() == forwardedBytes + paddedBytes,
                "bytes balance",
                "forwarded=" + ledger.forwardedBytes() + " seen=" + (forwardedBytes + paddedBytes));
        world.check(ledger.paddedBytes() == paddedBytes, "bytes balance", "padded=" + ledger.paddedBytes());
    }
}
