package io.ringdown.engine.lane;

import io.ringdown.engine.call.DropReason;

/**
 * Where the caller's audio went, in μ-law bytes: {@code in + padded = forwarded + dropped} at the end of every call (S49).
 * Lane only.
 */
public final class UplinkLedger {
    private long inBytes;
    private long paddedBytes;
    private long forwardedBytes;
    private final long[] droppedBytes = new long[DropReason.values().length];

    void in(int bytes) {
        inBytes += bytes;
    }

    void padded(int bytes) {
        paddedBytes += bytes;
    }

    void forwarded(int bytes) {
        forwardedBytes += bytes;
    }

    void dropped(int bytes, DropReason reason) {
        droppedBytes[reason.ordinal()] += bytes;
    }

    public long inBytes() {
        return inBytes;
    }

    public long paddedBytes() {
        return paddedBytes;
    }

    public long forwardedBytes() {
        return forwardedBytes;
    }

    public long droppedBytes(DropReason reason) {
        return droppedBytes[reason.ordinal()];
    }

    public long droppedBytes() {
        long sum = 0;
        for (long bytes : droppedBytes) {
            sum += bytes;
        }
        return sum;
    }

    /** Whether nothing is unaccounted for. */
    public boolean balances() {
        return inBytes + paddedBytes == forwardedBytes + droppedBytes();
    }
}
