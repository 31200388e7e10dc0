package io.ringdown.bridge.simulator.model;

import java.util.Arrays;
import java.util.Random;

/** μ-law sounds for tests. */
final class Sounds {
    private Sounds() {}

    static byte[] silence(int ms) {
        byte[] mulaw = new byte[ms * 8];
        Arrays.fill(mulaw, (byte) 0xFF);
        return mulaw;
    }

    /** A loud 400 Hz square wave. */
    static byte[] tone(int ms) {
        byte[] mulaw = new byte[ms * 8];
        for (int i = 0; i < mulaw.length; i++) {
            mulaw[i] = (byte) (i / 10 % 2 == 0 ? 0x90 : 0x10);
        }
        return mulaw;
    }

    /** Any bytes at all, the same for the same seed. */
    static byte[] noise(int bytes, long seed) {
        byte[] mulaw = new byte[bytes];
        new Random(seed).nextBytes(mulaw);
        return mulaw;
    }
}
