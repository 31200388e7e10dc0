package io.ringdown.bridge.simulator.carrier;

import java.util.Arrays;

/** μ-law audio that the caller heard in one piece, from {@code startNs} on at 8 bytes per millisecond. */
public record HeardPiece(long startNs, byte[] muLaw) {
    HeardPiece first(int bytes) {
        return bytes == muLaw.length ? this : new HeardPiece(startNs, Arrays.copyOf(muLaw, bytes));
    }
}
